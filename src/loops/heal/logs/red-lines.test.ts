import { expect, it } from 'vitest'
import { createRedLines } from './red-lines.ts'

function redOf(...lines: readonly string[]): readonly number[] {
  const red = createRedLines(10_000)
  red.see(Buffer.from(`${lines.join('\n')}\n`), 1)
  return [...red.lines()]
}

it('a line with red words is red', () => {
  expect(redOf('fine', '\x1b[31mbroken\x1b[0m', 'fine')).toEqual([2])
})

it('red goes on over lines until it is switched off', () => {
  expect(redOf('\x1b[1;31mbroken', 'here', '\x1b[0mfine')).toEqual([1, 2, 3])
  expect(redOf('\x1b[31mbroken\x1b[39m', 'fine')).toEqual([1])
})

it('other colours are not red', () => {
  expect(redOf('\x1b[32mok\x1b[0m', '\x1b[33mwarning\x1b[0m', '\x1b[2K')).toEqual([])
})

it('beyond its limit it looks no more', () => {
  const red = createRedLines(10)
  red.see(Buffer.from('\x1b[31mbroken\x1b[0m\n'), 1)
  expect(red.lines().size).toBe(0)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLineSplitter, longestPiece } from './lines.ts'

function linesOf(chunks: readonly Buffer[]): string[] {
  const lines: string[] = []
  let start = ''
  const splitter = createLineSplitter((text, more) => {
    start += text
    if (more) return
    lines.push(start)
    start = ''
  })
  for (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  return lines
}

test('lines are the same however the bytes are cut, also inside a character', () => {
  const line = fc.string({ unit: 'binary' }).filter((text) => !/[\r\n]/.test(text) && text.isWellFormed())
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), fc.nat(), fc.nat(), (lines, a, b) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''))
      const [first = 0, second = 0] = [a % (bytes.length + 1), b % (bytes.length + 1)].sort((x, y) => x - y)
      const chunks = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)]
      expect(linesOf(chunks)).toEqual(lines)
    }),
  )
})

test('a line without an end is a line, carriage returns before the end are dropped', () => {
  expect(linesOf([Buffer.from('a\r\nb')])).toEqual(['a', 'b'])
})

test('a line of 10 MB comes in pieces of bounded size', () => {
  const sizes: number[] = []
  const splitter = createLineSplitter((text) => sizes.push(text.length))
  for (let chunk = 0; chunk < 160; chunk++) splitter.push(Buffer.alloc(64 * 1024, 'x'))
  splitter.end()
  expect(Math.max(...sizes)).toBeLessThanOrEqual(longestPiece)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(160 * 64 * 1024)
})

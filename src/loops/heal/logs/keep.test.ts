import { describe, expect, it } from 'vitest'
import type { Pattern } from '../patterns/pattern.ts'
import { type Block, createBlockReader } from './blocks.ts'
import { createHitKeeper, createLineKeeper } from './keep.ts'

function pattern(id: string, weight: number): Pattern {
  return { id, role: 'cause', literals: ['error'], regex: /error/, weight, examples: { matches: [], not: [] } }
}

function keeperWith(hits: readonly (readonly [Pattern, number])[]) {
  const keeper = createHitKeeper()
  for (const [hit, line] of hits) {
    const clean = { text: `error ${line}`, marked: `error ${line}` }
    keeper.add({ line, clean, raw: clean.text, matches: [] }, { pattern: hit, groups: {} })
  }
  return keeper
}

function numbers(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + index)
}

describe('keeping hits', () => {
  it('keeps the first and the last of a pattern that hits often', () => {
    const often = pattern('often', 0.5)
    const hits = keeperWith(numbers(1, 1_000).map((line) => [often, line] as const)).hits()
    expect(hits.map(({ line }) => line)).toEqual([...numbers(1, 8), ...numbers(985, 16)])
  })
  it('asks for the surroundings of some hundred hits at most, those of the telling patterns first', () => {
    const dull = numbers(0, 100).map((id) => pattern(`dull-${id}`, 0.1))
    const telling = pattern('telling', 0.9)
    const lines = keeperWith([
      ...dull.flatMap((each, index) => numbers(index * 10, 10).map((line) => [each, line] as const)),
      ...numbers(5_000, 5).map((line) => [telling, line] as const),
    ]).lines()
    expect(lines.slice(0, 5)).toEqual(numbers(5_000, 5))
    expect(lines.length).toBeLessThan(225)
  })
})

describe('keeping lines', () => {
  const mib = 2 ** 20
  function keep(wanted: (gone: number) => readonly number[], lines: Iterable<string>) {
    const dropped: Block[] = []
    const keeper = createLineKeeper(
      () => wanted(dropped.length),
      (block) => dropped.push(block),
    )
    const blocks = createBlockReader((block) => keeper.add(block))
    for (const line of lines) blocks.push(Buffer.from(`${line}\n`))
    blocks.end()
    return { keeper, dropped }
  }
  function* long(count: number, bytes = 1_000): Iterable<string> {
    for (let line = 1; line <= count; line += 1) yield `line ${line} `.padEnd(bytes - 1, 'x')
  }

  it('remembers what surrounds a wanted line, and the last megabytes, and nothing else', () => {
    const { keeper, dropped } = keep(() => [3_000], long(30_000))
    expect(keeper.line(3_000)).toMatch(/^line 3000 /)
    expect(keeper.line(2_980)).toMatch(/^line 2980 /)
    expect(keeper.line(3_070)).toMatch(/^line 3070 /)
    expect(keeper.line(2_979)).toBeUndefined()
    expect(keeper.line(3_071)).toBeUndefined()
    expect(keeper.line(30_000)).toMatch(/^line 30000 /)
    expect(dropped.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(17 * mib)
  })
  it('forgets what nobody wants any more', () => {
    const linesABlock = (256 * 1024) / 1_000
    const asked = new Set<number>()
    // A line of the block that is about to go; the one before is no longer wanted.
    const { keeper, dropped } = keep((gone) => {
      const line = Math.round(linesABlock * (gone + 0.5))
      asked.add(line)
      return [line]
    }, long(40_000))
    const known = [...asked].filter((line) => keeper.line(line) !== undefined)
    expect(dropped.length).toBeGreaterThan(100)
    expect(known.length).toBeGreaterThan(0)
    expect(known.length).toBeLessThan(30)
  })
  it('keeps head and tail of a line that is too long', () => {
    const { keeper } = keep(
      () => [1],
      (function* () {
        yield `${'a'.repeat(20_000)}b`
        yield* long(10_000)
      })(),
    )
    const kept = keeper.line(1)
    expect(kept?.length).toBeLessThan(3_100)
    expect(kept).toMatch(/^a+ … a+b$/)
  })
})

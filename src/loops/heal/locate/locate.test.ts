import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLog } from '../logs/read-log.ts'
import type { LogReading } from '../logs/reading.ts'
import { locate } from './locate.ts'

async function read(...lines: readonly string[]): Promise<LogReading> {
  async function* bytes() {
    yield Buffer.from(`${lines.join('\n')}\n`)
  }
  return await readLog(bytes())
}
const setUp = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => `Unpacking libthing${number} (1.${number}.0-2) ...`)
const failing = (test: string): readonly string[] => [
  '',
  `  1) ${test} adds up`,
  '     AssertionError: expected 3 to equal 4',
  `      at Context.<anonymous> (test/${test}.js:12:20)`,
  '      at processImmediate (internal/timers.js:439:21)',
  '',
]
const testRun = (test: string): readonly string[] => [
  '$ npm test',
  '> mocha',
  '  41 passing (2s)',
  '  1 failing',
  ...failing(test),
  'npm ERR! Test failed.  See above for more details.',
]

describe('the failing part', () => {
  it('is found in a log of a failed test', async () => {
    const [first] = locate(await read(...setUp(80), ...testRun('cart'), ...setUp(5)))
    expect(first?.text.join('\n')).toContain('expected 3 to equal 4')
    expect(first?.why).not.toBe('')
  })
  it('is found again where earlier logs of the repository show how it looks', async () => {
    const odd = (number: number): readonly string[] => [
      ...setUp(40),
      '=== house rules ===',
      `rule ${number}: the door of room ${number} stays shut`,
      '=== end of rules ===',
      ...setUp(10),
    ]
    const examples = [1, 2, 3].map(async (number) => ({
      reading: await read(...odd(number)),
      spans: [{ start: 42, end: 42 }],
    }))
    const [first] = locate(await read(...odd(9)), { examples: await Promise.all(examples) })
    expect(first).toMatchObject({ start: 42, end: 42, why: 'like the failing part of an earlier log' })
  })
  it('is not what stands in a log that passed too', async () => {
    const known = ['error: cannot find the optional thing, going on without', ...setUp(30)]
    const passed = await read(...known, '42 passing (2s)')
    const shown = locate(await read(...known, ...testRun('cart')), { passed })
    expect(shown.flatMap(({ text }) => text).join('\n')).toContain('expected 3 to equal 4')
    expect(shown.every(({ start }) => start > known.length)).toBe(true)
  })
  it('is what the vendor’s own viewer lists, where it has a rule for that', async () => {
    const reading = await read('[taskcluster 2026-01-01 00:00:00.000Z] Task ID: x', 'one', 'two', 'three')
    const told = locate({ ...reading, errorLines: [2, 3].map((line) => ({ line, text: 'x' })) })
    expect(told).toMatchObject([{ start: 2, end: 3 }])
  })
})

it('shows at most 60 lines, each once, of the log, and the same ones again', async () => {
  const line = fc.oneof(
    fc.constantFrom('', 'error: broken', '  at f (a.js:1:2)', 'FAILED', 'ok', '\x1b[31mno\x1b[0m', '-----', '$ make'),
    fc.string({ maxLength: 60 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 150 }), async (lines) => {
      const reading = await read(...lines.map((text) => text.replaceAll('\n', ' ')))
      const shown = locate(reading)
      const numbers = shown.flatMap(({ start, text }) => text.map((_, index) => start + index))
      expect(numbers.length).toBeLessThanOrEqual(60)
      expect(new Set(numbers).size).toBe(numbers.length)
      expect(numbers.every((number) => number >= 1 && number <= reading.lines)).toBe(true)
      expect(shown.every(({ start, end, text }) => text.length === end - start + 1)).toBe(true)
      expect(locate(reading)).toEqual(shown)
    }),
    { numRuns: 60 },
  )
})

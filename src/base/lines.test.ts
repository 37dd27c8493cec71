import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linesOf } from './lines.ts'

async function* inParts(parts: readonly string[]): AsyncIterable<string> {
  yield* parts
}

describe('lines of a text in parts', () => {
  test('are the same however the text is cut', async () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '\u2028') }))
    await fc.assert(
      fc.asyncProperty(parts, async (given) => {
        const whole = given.join('').split('\n')
        if (whole.at(-1) === '') whole.pop()
        expect(await Array.fromAsync(linesOf(inParts(given)))).toEqual(whole)
      }),
    )
  })

  test('a line of many parts costs linear time', async () => {
    const started = performance.now()
    const lines = await Array.fromAsync(
      linesOf(inParts([...Array.from({ length: 4_000 }, () => 'x'.repeat(16_384)), '\nend'])),
    )
    expect(lines.map((line) => line.length)).toEqual([65_536_000, 3])
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

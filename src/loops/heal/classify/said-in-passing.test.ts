import { describe, expect, it } from 'vitest'
import { rank } from '../logs/rank.ts'
import { readLog } from '../logs/read-log.ts'
import { withoutAsides } from './said-in-passing.ts'

async function hitsOn(...lines: readonly string[]) {
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''))
  }
  const reading = await readLog(bytes())
  const ranked = rank(reading.hits, reading)
  return { reading, before: ranked, after: withoutAsides(ranked) }
}

describe('what a line says in passing', () => {
  it.each([
    'ok 12 - connect ECONNREFUSED 127.0.0.1:80 is told',
    '  ✓ says 503 Service Unavailable when the shop is closed (12ms)',
    '[ RUN      ] invalid option returns Error: no such option: 1.20 ms OK',
    'test net::connection_refused_is_told ... ok',
    "Test Case '-[ShopTests.CartTests testNoSpaceLeft on device: No space left on device]' passed (0.1 seconds).",
  ])('the name of a test that passed is no error: %s', async (line) => {
    expect((await hitsOn(line)).after.filter(({ pattern }) => /cause|hint/.test(pattern.role))).toEqual([])
  })
  it.each(['not ok 12 - connect ECONNREFUSED 127.0.0.1:80', 'curl: (7) Failed to connect to shop.example port 443'])(
    'what failed counts as before: %s',
    async (line) => {
      const { before, after } = await hitsOn(line)
      expect(after).toEqual(before)
    },
  )
  it.each(['WARN: connect ECONNREFUSED 127.0.0.1:80', 'connect ETIMEDOUT 10.0.0.1:443, retrying in 5 s'])(
    'a warning and a first try count less: %s',
    async (line) => {
      const { before, after } = await hitsOn(line)
      expect(before[0]?.score).toBeGreaterThan(0.5)
      expect(after[0]?.score).toBeLessThan(0.5)
    },
  )
  it('a link that is dead because its server refuses is a dead link', async () => {
    const line =
      '  1. [L12] https://gone.example/ Failed to open TCP connection to gone.example:443 (Connection refused)'
    const { before, after } = await hitsOn('Issues :-(', '> Links ', line)
    expect(before.some(({ pattern }) => pattern.category === 'net.connect')).toBe(true)
    expect(after.some(({ pattern }) => pattern.category === 'net.connect')).toBe(false)
  })
  it('what a program logs while it is tested counts less', async () => {
    const { before, after } = await hitsOn('12:34:56.789 [main] ERROR shop.Cart - connect ECONNREFUSED 127.0.0.1:80')
    const best = (some: typeof before) => some.find(({ pattern }) => pattern.category === 'net.connect')?.score ?? 0
    expect(best(after)).toBeLessThan(best(before) * 0.7)
  })
  it('a checker that fails for its warnings is heard in full', async () => {
    const line = '[warn] Code style issues found in 2 files. Run Prettier with --write to fix.'
    const { before, after } = await hitsOn(line)
    expect(after).toEqual(before)
  })
})

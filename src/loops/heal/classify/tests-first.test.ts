import { expect, it } from 'vitest'
import { rank } from '../logs/rank.ts'
import { readLog } from '../logs/read-log.ts'
import { readAsTests } from './tests-first.ts'

it('totals tell of failed tests where no pattern knows the lines, and errors of other kinds count less then', async () => {
  const ranked = await rankedOn('connect ECONNREFUSED 127.0.0.1:80')
  const told = readAsTests(ranked, results).toSorted((a, b) => b.score - a.score)
  expect(told[0]?.category).toBe('code.test')
  expect(readAsTests(ranked)[0]?.category).toBe('net.connect')
  expect(readAsTests(ranked, { ...results, failed: 0 })).toEqual(readAsTests(ranked))
})

it('tests that never began tell nothing by their number', async () => {
  const ranked = await rankedOn('connect ECONNREFUSED 127.0.0.1:80')
  expect(readAsTests(ranked, { ...results, failed: 2, errored: 2 })).toEqual(readAsTests(ranked))
})

it('a port that is taken inside of a failing test makes it a test of shared resources', async () => {
  const ranked = await rankedOn('--- FAIL: TestCart (0.01s)', 'Error: listen EADDRINUSE: address already in use :::80')
  const best = readAsTests(ranked).toSorted((a, b) => b.score - a.score)[0]
  expect(best?.category).toBe('test.resource')
})

const results = {
  tool: 'own',
  builds: false,
  frameworks: ['own'],
  run: 12,
  failed: 1,
  errored: 0,
  skipped: 0,
  expectedFailures: 0,
  unexpectedPasses: 0,
  failing: [],
}

async function rankedOn(...lines: readonly string[]) {
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''))
  }
  const reading = await readLog(bytes())
  return rank(reading.hits, reading)
}

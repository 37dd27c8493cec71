import { expect, test } from 'vitest'
import { massFailure, probePauseMs } from './mass-failure.ts'

test.each([
  ['one failure', { repositories: 1, runs: 1 }, false],
  ['two repositories', { repositories: 2, runs: 4 }, false],
  ['three repositories', { repositories: 3, runs: 3 }, true],
  ['five runs of one repository', { repositories: 1, runs: 5 }, true],
  ['more than half of the like jobs', { repositories: 1, runs: 1, likeJobs: { failed: 4, all: 6 } }, true],
  ['just half of the like jobs', { repositories: 1, runs: 1, likeJobs: { failed: 3, all: 6 } }, false],
  ['too few like jobs to speak of a share', { repositories: 1, runs: 1, likeJobs: { failed: 4, all: 4 } }, false],
])('%s: %s', (_about, seen, isMass) => {
  expect(massFailure(seen) !== undefined).toBe(isMass)
})

test('each lost probe makes the next one wait longer, up to an hour', () => {
  expect([1, 2, 3, 4, 5, 50].map((sent) => probePauseMs(sent) / 60_000)).toEqual([5, 10, 20, 40, 60, 60])
})

import { expect, test } from 'vitest'
import type { Job, Run } from '../../model/run.ts'
import { laggingBehind } from './lagging.ts'

const ended = new Date('2026-01-31T10:00:00Z')
const soon = new Date(ended.getTime() + 5_000)
const later = new Date(ended.getTime() + 90_000)
const run = { attempt: 2, status: 'completed', conclusion: 'failure', updatedAt: ended } as Run
const jobs = [{ name: 'test' } as Job]
const told = { attempt: 2 }

test.each<[string, Run, readonly Job[], { attempt: number; stalled?: string }, Date, RegExp | undefined]>([
  ['the failed attempt as it was told', run, jobs, told, soon, undefined],
  ['the attempt before the one that was told', { ...run, attempt: 1 }, jobs, told, later, /at attempt 1, not yet at 2/],
  ['a later attempt, which somebody started', { ...run, attempt: 3, status: 'queued' }, jobs, told, soon, undefined],
  ['an end that is not shown yet', { ...run, status: 'in_progress' }, jobs, told, later, /still ran/],
  ['a run that hangs', { ...run, status: 'in_progress' }, jobs, { ...told, stalled: 'ci/1' }, soon, undefined],
  ['a failure without jobs, a moment after', run, [], told, soon, /no jobs of it are listed yet/],
  ['a failure that has no jobs at all', run, [], told, later, undefined],
])('%s', (_what, shown, listed, input, now, words) => {
  const lacks = laggingBehind(shown, listed, input, now)
  if (words === undefined) expect(lacks).toBeUndefined()
  else expect(lacks).toMatch(words)
})

import { isFailure, type Job, type Run } from '../../model/run.ts'
import type { HealInput } from './flow.ts'

/** Longer than this no vendor takes to list the jobs of a run that ended: a broken definition starts none. */
const listedWithinMs = 60_000

/**
 * Vendors tell of a change before their API shows it. What the shown state lacks of the one that was told, as words about
 * the run; undefined when it may be decided upon.
 */
export function laggingBehind(
  run: Run,
  jobs: readonly Job[],
  { attempt, stalled }: Pick<HealInput, 'attempt' | 'stalled'>,
  now: Date,
): string | undefined {
  if (run.attempt > attempt) return undefined
  if (run.attempt < attempt) return `is shown at attempt ${run.attempt}, not yet at ${attempt},`
  if (stalled === undefined && run.status !== 'completed') return 'is shown as if it still ran'
  const listsNone = isFailure(run.conclusion) && jobs.length === 0
  if (listsNone && now.getTime() - run.updatedAt.getTime() < listedWithinMs)
    return 'failed, but no jobs of it are listed yet'
  return undefined
}

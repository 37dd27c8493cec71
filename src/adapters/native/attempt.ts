import { isFailure } from '../../model/run.ts'
import type { NativeJob } from './jobs/memory.ts'

/** What becomes of each job of an ended attempt in the next one. */
export interface NextAttempt {
  /** Ended well: result, outputs and log are taken over. */
  readonly carried: readonly NativeJob[]
  /** Run again as they are: everything they need ended well. */
  readonly again: readonly NativeJob[]
  /** One of each key: need a job that runs again, so they are decided anew once it ended. */
  readonly waiting: readonly NativeJob[]
}

/** Failed jobs, jobs stopped in their course, and all that needs one of them, run again; the rest is carried over. */
export function nextAttempt(jobs: readonly NativeJob[]): NextAttempt {
  const anew = new Set(jobs.filter(endedBadly).map((job) => job.key))
  const behind = keysBehind(jobs, anew)
  const firstOfKey = new Map<string, NativeJob>()
  for (const job of jobs) if (!firstOfKey.has(job.key)) firstOfKey.set(job.key, job)
  return {
    carried: jobs.filter((job) => !behind.has(job.key) && !endedBadly(job)),
    again: jobs.filter((job) => !behind.has(job.key) && endedBadly(job)),
    waiting: [...firstOfKey.values()].filter((job) => behind.has(job.key)),
  }
}

/** The jobs that a rerun is permitted for are named by this; a rerun compares it with the present state. */
export function failedNames(jobs: readonly NativeJob[]): readonly string[] {
  return jobs
    .filter((job) => isFailure(job.conclusion ?? undefined))
    .map((job) => job.name)
    .toSorted()
}

function endedBadly(job: NativeJob): boolean {
  return isFailure(job.conclusion ?? undefined) || job.conclusion === 'cancelled'
}

/** Keys that need one of `roots`, directly or through others. */
function keysBehind(jobs: readonly NativeJob[], roots: ReadonlySet<string>): ReadonlySet<string> {
  const behind = new Set<string>()
  for (let grown = true; grown; ) {
    grown = false
    for (const job of jobs) {
      if (behind.has(job.key) || !job.needs.some((need) => roots.has(need) || behind.has(need))) continue
      behind.add(job.key)
      grown = true
    }
  }
  return behind
}

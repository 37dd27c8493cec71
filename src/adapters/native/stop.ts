import type { Clock } from '../../base/clock.ts'
import type { Database } from '../../engine/database/database.ts'
import { transaction } from '../../engine/database/transaction.ts'
import type { EffectAnswer, StopRequest } from '../ci.ts'
import { changeJob, jobsOf, type NativeJob } from './jobs/memory.ts'
import { gone, refused } from './rerun.ts'
import { lockRun } from './runs/memory.ts'

/**
 * Ask for some jobs of an attempt, or for all of it, to be stopped. The wish is written down here and obeyed by the
 * runner that holds the job, within a second; a job that nobody has begun is cancelled by whichever runner looks next.
 */
export async function stopJobs(
  db: Database,
  runId: number | undefined,
  request: StopRequest,
  clock: Clock,
): Promise<EffectAnswer> {
  return transaction(db, async (tx) => {
    const run = runId === undefined ? undefined : await lockRun(tx, runId)
    if (run === undefined || run.repository !== request.repository) return gone(request)
    if (run.attempt !== request.attempt || run.sha !== request.sha)
      return refused(
        'state-changed',
        `run ${run.id} is at attempt ${run.attempt} of ${run.sha}: not what shall be stopped`,
      )
    const meant = (await jobsOf(tx, run.id, run.attempt)).filter((job) => isMeant(job, request))
    const before = meant.find((job) => job.stop?.key === request.idempotencyKey)?.stop
    if (before) return { kind: 'done', already: true, at: new Date(before.at) }
    const open = meant.filter((job) => job.state !== 'completed')
    if (open.length === 0) return refused('state-changed', `run ${run.id} has no such job that still runs`)
    const at = clock.now()
    const stop = { reason: request.reason.slice(0, 500), key: request.idempotencyKey, at: at.toISOString() }
    for (const job of open) await changeJob(tx, job.id, { stop })
    return { kind: 'done', already: false, at }
  })
}

function isMeant(job: NativeJob, { jobs }: StopRequest): boolean {
  return jobs.length === 0 || jobs.includes(String(job.id))
}

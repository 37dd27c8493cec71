import { changeJob, type JobChange, type NativeJob, readJob } from '../../../adapters/native/jobs/memory.ts'
import { reportJob } from '../../../adapters/native/outbox/report.ts'
import { lockRun, type NativeRun } from '../../../adapters/native/runs/memory.ts'
import type { Database } from '../../../engine/database/database.ts'
import { transaction } from '../../../engine/database/transaction.ts'
import type { Conclusion } from '../../../model/run.ts'
import { type AdvanceDeps, advance } from './advance.ts'

/** Change a job while its runner still holds it; undefined when it does not any more, and then nothing happened. */
export async function whileHeld<T>(
  db: Database,
  { id, runId }: Pick<NativeJob, 'id' | 'runId'>,
  runner: string,
  body: (tx: Database, run: NativeRun, job: NativeJob) => Promise<T>,
): Promise<T | undefined> {
  return transaction(db, async (tx) => {
    const run = await lockRun(tx, runId)
    const job = await readJob(tx, id)
    if (run === undefined || job?.claimedBy !== runner || !isHeld(job)) return undefined
    return body(tx, run, job)
  })
}

/** Write down how a job ended, tell of it, and let what follows from it happen. */
export async function completeJob(
  tx: Database,
  run: NativeRun,
  job: NativeJob,
  change: JobChange & { readonly conclusion: Conclusion },
  deps: AdvanceDeps,
): Promise<void> {
  await reportJob(
    tx,
    run,
    await changeJob(tx, job.id, { ...change, state: 'completed', completedAt: deps.clock.now() }),
  )
  await advance(tx, run.id, deps)
}

function isHeld(job: NativeJob): boolean {
  return job.state === 'claimed' || job.state === 'running'
}

import { newId } from '../../../base/ids.ts'
import type { Database } from '../../../engine/database/database.ts'
import type { Stall } from '../../../model/run.ts'
import type { NativeJob } from '../jobs/memory.ts'
import { presentJob, presentRun } from '../present.ts'
import type { NativeRun } from '../runs/memory.ts'
import { addReport } from './memory.ts'

/**
 * Reports are written in the transaction that makes them true, by whoever holds the run, and sent later: what the
 * gateway hears is what happened, in order, even if every process dies in between.
 */
export async function reportRun(tx: Database, run: NativeRun): Promise<void> {
  const { externalId, repository, pipeline, path, number, attempt, status, conclusion, event, ...rest } =
    presentRun(run)
  const { branch, sha, actor, title, createdAt, startedAt, updatedAt } = rest
  const about = { externalId, repository, pipeline, path, number, attempt, status, conclusion, event }
  await report(tx, run, 'run.reported', {
    run: { ...about, branch, sha, actor, title, createdAt, startedAt, updatedAt },
  })
}

export async function reportJob(tx: Database, run: NativeRun, job: NativeJob): Promise<void> {
  await report(tx, run, 'job.reported', { repository: run.repository, job: jobBody(run, job) })
}

export async function reportStall(tx: Database, run: NativeRun, job: NativeJob, stall: Stall): Promise<void> {
  await report(tx, run, 'job.stalled', { repository: run.repository, job: jobBody(run, job), stall })
}

function jobBody(run: NativeRun, job: NativeJob) {
  const { externalId, attempt, name, key, status, conclusion, startedAt, completedAt, ...rest } = presentJob(run, job)
  const { steps, needs, observed } = rest
  const about = { runExternalId: String(run.id), externalId, attempt, name, key, status, conclusion }
  return { ...about, startedAt, completedAt, steps, needs, observed }
}

async function report(tx: Database, run: NativeRun, event: string, body: unknown): Promise<void> {
  await addReport(tx, {
    id: newId(),
    connection: run.connection,
    stream: `${run.connection}/${run.id}`,
    event,
    body: JSON.stringify(body),
  })
}

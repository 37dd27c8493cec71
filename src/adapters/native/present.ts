import { type Job, jobId, type Run, type RunStatus, runId } from '../../model/run.ts'
import type { JobState, NativeJob } from './jobs/memory.ts'
import type { NativeRun } from './runs/memory.ts'

export const vendor = 'native'

/** What leaves this room: our rows in the words that every vendor is translated to. */
export function presentRun(run: NativeRun): Run {
  return {
    id: runId(run.connection, run.id),
    connection: run.connection,
    vendor,
    externalId: String(run.id),
    repository: run.repository,
    pipeline: run.pipeline,
    path: run.path,
    number: run.number,
    attempt: run.attempt,
    status: run.status,
    conclusion: run.conclusion ?? undefined,
    event: run.event,
    branch: branchOf(run.ref),
    ref: run.ref,
    sha: run.sha,
    actor: run.actor ?? undefined,
    title: run.title ?? undefined,
    createdAt: run.createdAt,
    startedAt: run.startedAt ?? undefined,
    updatedAt: run.updatedAt,
  }
}

export function presentJob(run: Pick<NativeRun, 'connection'>, job: NativeJob): Job {
  return {
    id: jobId(run.connection, job.id),
    runId: runId(run.connection, job.runId),
    externalId: String(job.id),
    attempt: job.attempt,
    name: job.name,
    key: job.key,
    status: statusOf[job.state],
    conclusion: job.conclusion ?? undefined,
    startedAt: job.startedAt ?? undefined,
    completedAt: job.completedAt ?? undefined,
    steps: job.steps,
    needs: job.needs,
    observed: job.observed ?? undefined,
  }
}

const statusOf: Record<JobState, RunStatus> = {
  waiting: 'queued',
  queued: 'queued',
  claimed: 'in_progress',
  running: 'in_progress',
  completed: 'completed',
}

function branchOf(ref: string): string | undefined {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined
}

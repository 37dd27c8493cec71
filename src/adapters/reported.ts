import type { NewEvent, Tellable } from '../model/events.ts'
import type { Job, Run } from '../model/run.ts'

/**
 * What a vendor tells about a run or a job, as an event. The webhook, its redelivery and the poller tell the same state
 * with the same key, so the log keeps it once. `updatedAt` is left out of the key: vendors touch it without a change.
 */
export function runReported(run: Tellable<Run>, causation?: string): NewEvent {
  return {
    type: 'run.reported',
    subject: run.id,
    data: { run },
    time: new Date(run.updatedAt),
    causation,
    dedupeKey: `run/${run.id}/${run.attempt}/${run.status}/${run.conclusion ?? '-'}`,
  }
}

export function jobReported(job: Tellable<Job>, repository: string, causation?: string): NewEvent {
  return {
    type: 'job.reported',
    subject: job.runId,
    data: { job, repository },
    time: timeOf(job),
    causation,
    dedupeKey: `job/${job.id}/${job.attempt}/${job.status}/${job.conclusion ?? '-'}`,
  }
}

function timeOf(job: Tellable<Job>): Date | undefined {
  const time = job.completedAt ?? job.startedAt
  return time === undefined ? undefined : new Date(time)
}

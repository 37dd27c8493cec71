import type { Json } from './events.ts'
import type { Job, Run } from './run.ts'

/** A run as an event carries it, with its dates as dates again. */
export function reviveRun(run: Json<Run>): Run {
  return {
    ...run,
    id: run.id as Run['id'],
    createdAt: new Date(run.createdAt),
    startedAt: reviveDate(run.startedAt),
    updatedAt: new Date(run.updatedAt),
  }
}

/** A job as an event or a row carries it, with its dates as dates again. */
export function reviveJob(job: Json<Job>): Job {
  return {
    ...job,
    id: job.id as Job['id'],
    runId: job.runId as Job['runId'],
    startedAt: reviveDate(job.startedAt),
    completedAt: reviveDate(job.completedAt),
    steps: reviveSteps(job.steps),
  }
}

export function reviveSteps(steps: Json<Job['steps']>): Job['steps'] {
  return steps.map((step) => ({
    ...step,
    startedAt: reviveDate(step.startedAt),
    completedAt: reviveDate(step.completedAt),
  }))
}

function reviveDate(text: string | undefined): Date | undefined {
  return text === undefined || text === null ? undefined : new Date(text)
}

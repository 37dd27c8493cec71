import type { Json } from '../../model/events.ts'
import { reviveJob, reviveRun } from '../../model/revive.ts'
import { type Conclusion, type Job, jobId, type Run, type RunStatus, runId, type Step } from '../../model/run.ts'
import type { WorkflowJob, WorkflowRun, WorkflowStep } from './schema.ts'

export const vendor = 'github'

/** GitHub's words become ours. */
export function toRun(connection: string, repository: string, run: WorkflowRun): Run {
  return reviveRun(toldRun(connection, repository, run))
}

export function toJob(connection: string, job: WorkflowJob): Job {
  return reviveJob(toldJob(connection, job))
}

/** As an event tells it: times are text. */
export function toldRun(
  connection: string,
  repository: string,
  run: WorkflowRun,
  workflow?: { name?: string | null | undefined; path?: string | null | undefined } | null,
): Json<Run> {
  const path = definitionPath(run.path || workflow?.path)
  const status = toStatus(run.status, run.conclusion)
  return {
    id: runId(connection, run.id),
    connection,
    vendor,
    externalId: String(run.id),
    repository,
    pipeline: run.name || workflow?.name || path || `workflow of run ${run.id}`,
    path,
    number: run.run_number,
    attempt: run.run_attempt,
    status,
    conclusion: status === 'completed' ? toConclusion(run.conclusion) : undefined,
    event: run.event,
    branch: run.head_branch ?? undefined,
    sha: run.head_sha,
    actor: run.actor?.login,
    title: firstLine(run.head_commit?.message) ?? firstLine(run.display_title),
    url: safeUrl(run.html_url),
    createdAt: run.created_at,
    startedAt: run.run_started_at ?? undefined,
    updatedAt: run.updated_at,
  }
}

export function toldJob(connection: string, job: WorkflowJob): Json<Job> {
  const status = toStatus(job.status, job.conclusion)
  return {
    id: jobId(connection, job.id),
    runId: runId(connection, job.run_id),
    externalId: String(job.id),
    attempt: job.run_attempt,
    name: job.name,
    status,
    conclusion: status === 'completed' ? toConclusion(job.conclusion) : undefined,
    startedAt: job.started_at ?? undefined,
    completedAt: job.completed_at ?? undefined,
    steps: (job.steps ?? []).filter((step) => step !== null).map(toldStep),
  }
}

function toldStep(step: WorkflowStep): Json<Step> {
  const status = toStatus(step.status, step.conclusion)
  return {
    number: step.number,
    name: step.name,
    status,
    conclusion: status === 'completed' ? toConclusion(step.conclusion) : undefined,
    startedAt: step.started_at ?? undefined,
    completedAt: step.completed_at ?? undefined,
  }
}

/** `requested`, `waiting`, `pending` and words that come later all mean: not yet begun. */
function toStatus(status: string | null | undefined, conclusion: string | null | undefined): RunStatus {
  if (status === 'completed' || status === 'in_progress') return status
  return conclusion ? 'completed' : 'queued'
}

const conclusions: Record<Conclusion, true> = {
  success: true,
  failure: true,
  timed_out: true,
  cancelled: true,
  skipped: true,
  neutral: true,
  action_required: true,
  stale: true,
  startup_failure: true,
}

/** A word that we do not know is no conclusion: unknown is an answer. */
function toConclusion(conclusion: string | null | undefined): Conclusion | undefined {
  return conclusion && Object.hasOwn(conclusions, conclusion) ? (conclusion as Conclusion) : undefined
}

/** Runs of reusable and required workflows say `path@ref`. */
function definitionPath(path: string | null | undefined): string | undefined {
  const bare = path?.split('@', 1)[0]
  return bare === '' ? undefined : bare
}

export function firstLine(message: string | null | undefined): string | undefined {
  const line = message?.split('\n', 1)[0]?.trim().slice(0, 500)
  return line === '' ? undefined : line
}

/** A link that people will click may only lead to the web. */
function safeUrl(url: string | null | undefined): string | undefined {
  return url && /^https?:\/\//.test(url) ? url : undefined
}

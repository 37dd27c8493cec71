import { createHash } from 'node:crypto'
import type { Outcome } from '../../model/diagnosis.ts'
import { type Conclusion, isFailure, type Job, type Run } from '../../model/run.ts'

/** A span as a plain value, with ids that the same run always gets: sent twice, it is still one span. */
export interface SpanFacts {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string | undefined
  /** Spans of other traces that belong to it. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly name: string
  readonly kind: 'server' | 'internal'
  readonly start: Date
  readonly end: Date
  readonly failed: boolean
  readonly attributes: Readonly<Record<string, string | number>>
}

/** What the diagnosis says about a failed run: `failure` is the code's fault, `error` the CI system's. */
export interface Cause {
  readonly category: string
  readonly outcome: Outcome
}

/**
 * One attempt of a run with its jobs as spans, by OpenTelemetry's CI/CD conventions. A later attempt is a trace of its
 * own that links to the first.
 */
export function spansOf(run: Run, jobs: readonly Job[], cause?: Cause): readonly SpanFacts[] {
  const traceId = hash(32, run.id, run.attempt)
  const spanId = hash(16, run.id, run.attempt)
  const own = jobs.filter((job) => job.attempt === run.attempt)
  const ends = own.flatMap((job) => (job.completedAt === undefined ? [] : [job.completedAt.getTime()]))
  const start = run.startedAt ?? run.createdAt
  const root: SpanFacts = {
    traceId,
    spanId,
    links: run.attempt > 1 ? [{ traceId: hash(32, run.id, 1), spanId: hash(16, run.id, 1) }] : [],
    name: `RUN ${run.pipeline}`,
    kind: 'server',
    start,
    end: new Date(Math.max(start.getTime(), ends.length > 0 ? Math.max(...ends) : run.updatedAt.getTime())),
    failed: isFailure(run.conclusion),
    attributes: runAttributes(run, cause),
  }
  return [root, ...own.flatMap((job) => jobSpan(job, root))]
}

function runAttributes(run: Run, cause: Cause | undefined): Record<string, string | number> {
  const [owner = '', name = ''] = run.repository.split('/', 2)
  return defined({
    'cicd.pipeline.action.name': 'RUN',
    'cicd.pipeline.name': run.pipeline,
    'cicd.pipeline.run.id': run.id,
    'cicd.pipeline.run.url.full': run.url,
    'cicd.pipeline.result': isFailure(run.conclusion)
      ? (cause?.outcome ?? resultOf(run.conclusion))
      : resultOf(run.conclusion),
    'error.type': isFailure(run.conclusion) ? (cause?.category ?? run.conclusion) : undefined,
    'vcs.owner.name': owner,
    'vcs.repository.name': name,
    'vcs.ref.head.name': run.branch,
    'vcs.ref.head.type': run.branch === undefined ? undefined : 'branch',
    'vcs.ref.head.revision': run.sha,
    'mendline.run.attempt': run.attempt,
  })
}

/** A job that never started took no time and is no span. */
function jobSpan(job: Job, root: SpanFacts): SpanFacts[] {
  if (job.startedAt === undefined || job.completedAt === undefined) return []
  const failed = isFailure(job.conclusion)
  return [
    {
      traceId: root.traceId,
      spanId: hash(16, job.id, job.attempt),
      parentSpanId: root.spanId,
      links: [],
      name: job.name,
      kind: 'internal',
      start: job.startedAt,
      end: new Date(Math.max(job.startedAt.getTime(), job.completedAt.getTime())),
      failed,
      attributes: defined({
        'cicd.pipeline.task.name': job.name,
        'cicd.pipeline.task.run.id': job.id,
        'cicd.pipeline.task.run.result': resultOf(job.conclusion),
        'error.type': failed ? job.conclusion : undefined,
      }),
    },
  ]
}

const results: Record<Conclusion, string> = {
  success: 'success',
  neutral: 'success',
  failure: 'failure',
  startup_failure: 'error',
  timed_out: 'timeout',
  cancelled: 'cancellation',
  stale: 'cancellation',
  skipped: 'skip',
  action_required: 'skip',
}

/** The conventions' word for a conclusion. */
export function resultOf(conclusion: Conclusion | undefined): string {
  return conclusion === undefined ? 'error' : results[conclusion]
}

function hash(digits: number, id: string, attempt: number): string {
  return createHash('sha256').update(`${digits}\0${id}\0${attempt}`).digest('hex').slice(0, digits)
}

function defined(attributes: Record<string, string | number | undefined>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  )
}

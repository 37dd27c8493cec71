import type { Clock } from '../../base/clock.ts'
import type { Database } from '../../engine/database/database.ts'
import { transaction } from '../../engine/database/transaction.ts'
import type { EffectAnswer, RerunRequest } from '../ci.ts'
import type { Redact } from '../redact.ts'
import { failedNames, type NextAttempt, nextAttempt } from './attempt.ts'
import { insertJob, jobsOf, type NativeJob, type NewJob } from './jobs/memory.ts'
import { limitOf } from './limits/memory.ts'
import { reportJob, reportRun } from './outbox/report.ts'
import { changeRun, countReruns, findRerun, insertRerun, lockRun, type NativeRun } from './runs/memory.ts'

/** The same caps as GitHub's, so that a plan made for one vendor holds for the other. */
const rerunsAtMost = 50
const oldestMs = 30 * 24 * 3_600_000

type Refusal = Extract<EffectAnswer, { kind: 'refused' }>

/** Start the next attempt, in one transaction with the comparison that permits it. */
export async function rerunFailed(
  db: Database,
  runId: number | undefined,
  request: RerunRequest,
  { clock, redact }: { readonly clock: Clock; readonly redact: Redact },
): Promise<EffectAnswer> {
  return transaction(db, async (tx) => {
    const run = runId === undefined ? undefined : await lockRun(tx, runId)
    if (run === undefined || run.repository !== request.repository) return gone(request)
    const before = await findRerun(tx, request.idempotencyKey)
    if (before !== undefined) return { kind: 'done', attempt: before.attempt, already: true, at: before.at }
    const jobs = await jobsOf(tx, run.id, run.attempt)
    const refusal = refuse(run, jobs, request, {
      reruns: await countReruns(tx, run.id),
      now: clock.now(),
      redact,
    })
    if (refusal !== undefined) return refusal
    const at = clock.now()
    const attempt = run.attempt + 1
    await insertRerun(tx, { idempotencyKey: request.idempotencyKey, runId: run.id, attempt, at })
    const again = await changeRun(tx, run.id, { attempt, status: 'queued', conclusion: null, startedAt: null, at })
    await reportRun(tx, again)
    await queueAttempt(tx, again, nextAttempt(jobs), request, at)
    return { kind: 'done', attempt, already: false, at }
  })
}

function refuse(
  run: NativeRun,
  jobs: readonly NativeJob[],
  request: RerunRequest,
  { reruns, now, redact }: { readonly reruns: number; readonly now: Date; readonly redact: Redact },
): Refusal | undefined {
  const what = `run ${run.id} of ${run.repository}`
  if (run.attempt !== request.attempt)
    return refused('state-changed', `${what} is at attempt ${run.attempt}, not ${request.attempt}`)
  if (run.sha !== request.sha) return refused('state-changed', `${what} is for commit ${run.sha}, not ${request.sha}`)
  if (run.status !== 'completed') return refused('running', `${what} still runs; it can be rerun when it ended`)
  if (run.conclusion === 'startup_failure')
    return refused('unsupported', `${what} has no jobs: its workflow file is invalid, and a rerun reads the same file`)
  const failed = failedNames(jobs).map(redact).toSorted()
  if (failed.join('\n') !== request.jobs.toSorted().join('\n'))
    return refused(
      'state-changed',
      `the failed jobs of ${what} are ${failed.join(', ') || 'none'}, not those permitted`,
    )
  if (failed.length === 0) return refused('state-changed', `${what} has no failed jobs`)
  if (now.getTime() - run.createdAt.getTime() > oldestMs)
    return refused('too-old', `${what} is older than 30 days; push or dispatch it anew`)
  if (reruns >= rerunsAtMost) return refused('too-many', `${what} was rerun ${reruns} times, which is the most allowed`)
  return undefined
}

async function queueAttempt(
  tx: Database,
  run: NativeRun,
  next: NextAttempt,
  { options }: RerunRequest,
  at: Date,
): Promise<void> {
  const changed = async (job: NativeJob) => {
    const learned = await limitOf(tx, { ...run, jobKey: job.key })
    return {
      memoryBytes: options.memoryBytes ?? learned.memoryBytes ?? job.memoryBytes,
      timeoutMs: options.timeoutMs ?? learned.timeoutMs ?? job.timeoutMs,
      clean: options.clean ?? false,
    }
  }
  const rows: NewJob[] = next.carried.map((job) => carry(job, run.attempt, at))
  for (const job of next.again) rows.push({ ...blank(job, run.attempt, at), ...(await changed(job)) })
  for (const job of next.waiting)
    rows.push({ ...blank(job, run.attempt, at), ...(await changed(job)), name: job.key, cell: null, state: 'waiting' })
  for (const row of rows.toSorted((a, b) => a.place - b.place)) await reportJob(tx, run, await insertJob(tx, run, row))
}

function carry(job: NativeJob, attempt: number, createdAt: Date): NewJob {
  return { ...job, attempt, createdAt, carriedFrom: job.carriedFrom ?? job.id }
}

/** A job that failed before it had a cell is decided anew. */
function blank({ place, key, name, needs, cell }: NativeJob, attempt: number, createdAt: Date): NewJob {
  return { attempt, place, key, name, needs, cell, state: cell === null ? 'waiting' : 'queued', createdAt }
}

export function gone({ repository, externalId }: { repository: string; externalId: string }): Refusal {
  return refused('gone', `there is no run ${externalId.slice(0, 40)} of ${repository}`)
}

export function refused(because: Refusal['because'], sentence: string): Refusal {
  return { kind: 'refused', because, sentence }
}

import { gzipSync } from 'node:zlib'
import { changeJob, insertJob, jobsOf, type NativeJob } from '../../../adapters/native/jobs/memory.ts'
import { limitOf } from '../../../adapters/native/limits/memory.ts'
import { appendLog, lastLogSeq } from '../../../adapters/native/logs/memory.ts'
import { reportJob, reportRun } from '../../../adapters/native/outbox/report.ts'
import { findRepository } from '../../../adapters/native/repositories/memory.ts'
import { changeRun, lockRun, type NativeRun } from '../../../adapters/native/runs/memory.ts'
import type { Clock } from '../../../base/clock.ts'
import { Terminal } from '../../../base/errors.ts'
import type { Database } from '../../../engine/database/database.ts'
import { transaction } from '../../../engine/database/transaction.ts'
import type { Cell } from '../workflow/cells.ts'
import type { RunPlan } from '../workflow/plan.ts'
import { logLine } from './log-line.ts'
import { endAll, type Move, nextMoves, runConclusion } from './moves.ts'
import { planOf } from './run-plan.ts'

export interface AdvanceDeps {
  readonly clock: Clock
  /** Labels of `runs-on`, beyond the usual ones, that the runners here answer to. */
  readonly labels: readonly string[]
}

/** Write down all that follows from how a run's jobs stand: who may start, who is skipped, whether the run has ended. */
export async function advance(db: Database, runId: number, deps: AdvanceDeps): Promise<void> {
  await transaction(db, async (tx) => {
    const run = await lockRun(tx, runId)
    if (run === undefined || run.status === 'completed') return
    const following = await movesOf(tx, run, deps)
    let jobs = await jobsOf(tx, run.id, run.attempt)
    for (let moves = following(jobs); moves.length > 0; moves = following(jobs)) {
      for (const move of moves) await makeMove(tx, run, move, deps.clock.now())
      jobs = await jobsOf(tx, run.id, run.attempt)
    }
    const conclusion = runConclusion(jobs)
    if (conclusion === undefined) return
    await reportRun(tx, await changeRun(tx, run.id, { status: 'completed', conclusion, at: deps.clock.now() }))
  })
}

/** What follows from the plan; without one, such as for a repository that is gone, what nobody began ends. */
async function movesOf(
  tx: Database,
  run: NativeRun,
  deps: AdvanceDeps,
): Promise<(jobs: readonly NativeJob[]) => readonly Move[]> {
  try {
    const plan = await planAgain(tx, run, deps)
    return (jobs) => nextMoves(plan, jobs)
  } catch (error) {
    if (!(error instanceof Terminal)) throw error
    return (jobs) => endAll(jobs, error.message)
  }
}

export async function planAgain(db: Database, run: NativeRun, { labels }: AdvanceDeps): Promise<RunPlan> {
  const repository = await findRepository(db, run.connection, run.repository)
  if (repository === undefined)
    throw new Terminal(`run ${run.id}: the repository ${run.repository} is not known any more`)
  const answer = planOf(run, repository, labels)
  if (answer.kind === 'planned') return answer.plan
  throw new Terminal(`run ${run.id} of ${run.repository} was planned once and cannot be again: ${sayWhy(answer)}`)
}

async function makeMove(tx: Database, run: NativeRun, move: Move, at: Date): Promise<void> {
  switch (move.kind) {
    case 'expand':
      return expand(tx, run, move.job, move.cells, move.atOnce, at)
    case 'end':
      return endUnrun(tx, run, move, at)
    case 'queue':
      return reportJob(tx, run, await changeJob(tx, move.job.id, { state: 'queued' }))
    case 'stop':
      await changeJob(tx, move.job.id, {
        stop: { reason: move.because, key: `fail-fast/${run.id}`, at: at.toISOString() },
      })
      return
    default:
      return move satisfies never
  }
}

/** The first cell takes over the row that stood for the job, so that who knew the job by its id still does. */
async function expand(
  tx: Database,
  run: NativeRun,
  job: NativeJob,
  cells: readonly Cell[],
  atOnce: number,
  at: Date,
): Promise<void> {
  const learned = await limitOf(tx, { ...run, jobKey: job.key })
  const limits = {
    memoryBytes: job.memoryBytes ?? learned.memoryBytes ?? null,
    timeoutMs: job.timeoutMs ?? learned.timeoutMs ?? null,
  }
  for (const [index, cell] of cells.entries()) {
    const fresh = {
      name: cell.name,
      cell: { ...cell },
      state: index < atOnce ? 'queued' : 'waiting',
      ...limits,
    } as const
    const written =
      index === 0
        ? await changeJob(tx, job.id, fresh)
        : await insertJob(tx, run, { ...blankOf(job), ...fresh, createdAt: at })
    if (cell.unrunnable === undefined) await reportJob(tx, run, written)
    else await endUnrun(tx, run, { job: written, conclusion: 'skipped', because: cell.unrunnable }, at)
  }
}

function blankOf({ attempt, place, key, needs, clean }: NativeJob) {
  return { attempt, place, key, needs, clean }
}

/** A job that ends without being run leaves its reason as its log, unless others are the reason. */
async function endUnrun(
  tx: Database,
  run: NativeRun,
  { job, conclusion, because }: Pick<Extract<Move, { kind: 'end' }>, 'job' | 'conclusion' | 'because'>,
  at: Date,
): Promise<void> {
  if (conclusion === 'failure') await say(tx, job.id, [`##[error]${because}`], at)
  await reportJob(tx, run, await changeJob(tx, job.id, { state: 'completed', conclusion, completedAt: at }))
}

/** Add lines of our own to a job's log. */
export async function say(tx: Database, jobId: number, lines: readonly string[], at: Date): Promise<void> {
  const text = lines.map((line) => `${logLine(line, at)}\n`).join('')
  await appendLog(tx, jobId, (await lastLogSeq(tx, jobId)) + 1, gzipSync(text))
}

function sayWhy(answer: { readonly sentence: string } | { readonly sentences: readonly string[] }): string {
  return 'sentence' in answer ? answer.sentence : answer.sentences.join('; ')
}

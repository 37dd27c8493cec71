import type { NativeJob } from '../../../adapters/native/jobs/memory.ts'
import type { Conclusion } from '../../../model/run.ts'
import type { Cell } from '../workflow/cells.ts'
import { combineCells, decideJob, type NeedResult } from '../workflow/decide.ts'
import type { RunPlan } from '../workflow/plan.ts'

/** The next thing to write down about a job of a run. */
export type Move =
  /** Its needs ended: one row stands for it until now, one for each cell from now on. */
  | { readonly kind: 'expand'; readonly job: NativeJob; readonly cells: readonly Cell[]; readonly atOnce: number }
  /** It ends without being run. */
  | {
      readonly kind: 'end'
      readonly job: NativeJob
      readonly conclusion: 'skipped' | 'failure' | 'cancelled'
      readonly because: string
    }
  /** `max-parallel` has room for it. */
  | { readonly kind: 'queue'; readonly job: NativeJob }
  /** Its runner shall stop it. */
  | { readonly kind: 'stop'; readonly job: NativeJob; readonly because: string }

/** What follows from the jobs of an attempt as they stand. Pure; ask again after each round until nothing follows. */
export function nextMoves(plan: RunPlan, jobs: readonly NativeJob[]): readonly Move[] {
  const done = doneJobs(jobs)
  return plan.jobs.flatMap(({ key }) => {
    const rows = jobs.filter((job) => job.key === key)
    const stopped = rows.filter((job) => job.stop !== null && isIdle(job))
    if (stopped.length > 0) return stopped.map((job) => end(job, 'cancelled', job.stop?.reason ?? 'stopped'))
    const waiting = rows.find((job) => job.state === 'waiting' && job.cell === null)
    return waiting === undefined ? cellMoves(rows) : firstMove(plan, waiting, done)
  })
}

function firstMove(plan: RunPlan, job: NativeJob, done: Readonly<Record<string, NeedResult>>): readonly Move[] {
  const decision = decideJob(plan, job.key, done)
  switch (decision.kind) {
    case 'wait':
      return []
    case 'skip':
      return [end(job, 'skipped', decision.because)]
    case 'fail':
      return [end(job, 'failure', decision.because)]
    case 'run': {
      const [first] = decision.cells
      if (first === undefined) return [end(job, 'skipped', 'its matrix is empty')]
      return [{ kind: 'expand', job, cells: decision.cells, atOnce: first.strategy['max-parallel'] }]
    }
    default:
      return decision satisfies never
  }
}

/** Between the cells of one matrix: one that fails ends the others, one that ends makes room for the next. */
function cellMoves(rows: readonly NativeJob[]): readonly Move[] {
  const strategy = rows.map(cellOf).find((cell) => cell !== undefined)?.strategy
  if (strategy === undefined) return []
  const culprit = rows.find((job) => resultOf(job) === 'failure' && cellOf(job)?.continueOnError === false)
  if (culprit !== undefined && strategy['fail-fast']) {
    const because = `${culprit.name} failed, and fail-fast is on`
    return rows.flatMap((job): Move[] => {
      if (isIdle(job)) return [end(job, 'cancelled', because)]
      return job.state !== 'completed' && job.stop === null ? [{ kind: 'stop', job, because }] : []
    })
  }
  const busy = rows.filter((job) => job.state !== 'waiting' && job.state !== 'completed').length
  const room = Math.max(0, strategy['max-parallel'] - busy)
  return rows
    .filter((job) => job.state === 'waiting')
    .slice(0, room)
    .map((job) => ({ kind: 'queue', job }))
}

/** Nothing can be decided any more: what nobody has begun fails, what runs is let end. */
export function endAll(jobs: readonly NativeJob[], because: string): readonly Move[] {
  return jobs.filter(isIdle).map((job) => end(job, 'failure', because))
}

/** How the attempt ended; undefined while a job is open. A failure that may be is none. */
export function runConclusion(jobs: readonly NativeJob[]): Conclusion | undefined {
  if (jobs.some((job) => job.state !== 'completed')) return undefined
  const results = jobs.map((job) => {
    const result = resultOf(job)
    return result === 'failure' && cellOf(job)?.continueOnError === true ? 'success' : result
  })
  return (['failure', 'cancelled', 'success'] as const).find((result) => results.includes(result)) ?? 'skipped'
}

/** Results of the jobs whose cells have all ended. */
export function doneJobs(jobs: readonly NativeJob[]): Readonly<Record<string, NeedResult>> {
  const done: Record<string, NeedResult> = {}
  for (const [key, rows] of Map.groupBy(jobs, (job) => job.key)) {
    if (rows.some((job) => job.state !== 'completed')) continue
    done[key] = combineCells(
      rows.map((job) => ({
        result: resultOf(job) ?? 'skipped',
        continueOnError: cellOf(job)?.continueOnError ?? false,
        outputs: job.outputs,
      })),
    )
  }
  return done
}

/** A cell comes back from the database as it was written. */
export function cellOf(job: NativeJob): Cell | undefined {
  return (job.cell as Cell | null) ?? undefined
}

function resultOf(job: NativeJob): NeedResult['result'] | undefined {
  switch (job.conclusion) {
    case null:
      return undefined
    case 'success':
    case 'neutral':
      return 'success'
    case 'cancelled':
    case 'skipped':
      return job.conclusion
    default:
      return 'failure'
  }
}

function isIdle(job: NativeJob): boolean {
  return job.state === 'waiting' || job.state === 'queued'
}

function end(job: NativeJob, conclusion: 'skipped' | 'failure' | 'cancelled', because: string): Move {
  return { kind: 'end', job, conclusion, because }
}

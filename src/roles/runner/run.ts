import type { Conclusion, Stall } from '../../model/run.ts'
import { executeJob } from './execute/job.ts'
import type { JobLimits, JobRequest, JobResult, Source, StepUpdate } from './execute/request.ts'
import type { Cell } from './workflow/cells.ts'
import { combineCells, decideJob, type NeedResult, needsOf } from './workflow/decide.ts'
import type { RunPlan } from './workflow/plan.ts'

/** Runs a whole workflow in one process: jobs by their graph of needs, cells side by side, without any server. */
export interface RunRequest {
  readonly plan: RunPlan
  readonly secrets: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly source: Source
  /** Folders of one cell. */
  readonly foldersOf: (cell: Cell) => JobRequest['folders']
  readonly limits?: JobLimits | undefined
  readonly toolPath?: readonly string[] | undefined
  readonly clean?: boolean | undefined
  /** Cells at once, over all jobs. */
  readonly concurrency: number
  /** Of a job's cells only those that this says yes to. */
  readonly select?: ((cell: Cell) => boolean) | undefined
}

/** What happens while the run goes on, in order. */
export interface RunIo {
  cellStarted?(cell: Cell): void
  cellEnded?(cell: Cell, result: JobResult): void
  log?(cell: Cell, line: string): void
  step?(cell: Cell, update: StepUpdate): void
  stalled?(cell: Cell, stall: Stall): void
  /** A job of which nothing was run, and why. */
  jobSettled?(key: string, result: NeedResult['result'], because: string): void
  readonly signal: AbortSignal
}

export interface RunResult {
  readonly conclusion: Extract<Conclusion, 'success' | 'failure' | 'cancelled'>
  readonly jobs: Readonly<Record<string, NeedResult>>
}

export async function executeRun(request: RunRequest, io: RunIo): Promise<RunResult> {
  const { plan } = request
  const done: Record<string, NeedResult> = {}
  const slots = createSlots(request.concurrency)
  const settleJob = async (key: string): Promise<void> => {
    const decision = decideJob(plan, key, done, io.signal.aborted)
    if (decision.kind !== 'run') {
      const result = decision.kind === 'skip' ? 'skipped' : 'failure'
      io.jobSettled?.(key, result, decision.kind === 'wait' ? 'what it needs never ended' : decision.because)
      done[key] = { result, outputs: {} }
      return
    }
    const cells = decision.cells.filter((cell) => request.select?.(cell) ?? true)
    done[key] = combineCells(await runCells(request, io, cells, done, slots))
  }
  const started = new Map<string, Promise<void>>()
  for (const { key, needs } of plan.jobs)
    started.set(
      key,
      Promise.all(needs.map((need) => started.get(need))).then(() => settleJob(key)),
    )
  await Promise.all(started.values())
  const results = Object.values(done).map(({ result }) => result)
  const worst = (['failure', 'cancelled'] as const).find((result) => results.includes(result))
  return { conclusion: io.signal.aborted ? 'cancelled' : (worst ?? 'success'), jobs: done }
}

type CellResult = NeedResult & { readonly continueOnError: boolean }

/** The cells of one job; the first failure cancels the others unless `fail-fast` is off or the cell may fail. */
async function runCells(
  request: RunRequest,
  io: RunIo,
  cells: readonly Cell[],
  done: Readonly<Record<string, NeedResult>>,
  slots: Slots,
): Promise<readonly CellResult[]> {
  const failFast = new AbortController()
  const signal = AbortSignal.any([io.signal, failFast.signal])
  const own = createSlots(cells[0]?.strategy['max-parallel'] ?? 1)
  return Promise.all(
    cells.map(async (cell): Promise<CellResult> => {
      const { continueOnError } = cell
      if (cell.unrunnable) {
        io.jobSettled?.(cell.name, 'skipped', cell.unrunnable)
        return { result: 'skipped', outputs: {}, continueOnError }
      }
      return own(() =>
        slots(async () => {
          if (signal.aborted) {
            io.jobSettled?.(cell.name, 'cancelled', 'it had not started')
            return { result: 'cancelled', outputs: {}, continueOnError }
          }
          const result = await runCell(request, { ...io, signal }, cell, done)
          const ended = { result: needResult(result.conclusion), outputs: result.outputs, continueOnError }
          if (ended.result === 'failure' && !continueOnError && cell.strategy['fail-fast'])
            failFast.abort(`The strategy configuration was canceled because "${cell.name}" failed`)
          return ended
        }),
      )
    }),
  )
}

async function runCell(
  request: RunRequest,
  io: RunIo,
  cell: Cell,
  done: Readonly<Record<string, NeedResult>>,
): Promise<JobResult> {
  const { plan } = request
  const planned = plan.jobs.find((job) => job.key === cell.job)
  const job = plan.workflow.jobs.find((definition) => definition.key === cell.job)
  if (!planned || !job) throw new Error(`the plan has no job '${cell.job}'`)
  io.cellStarted?.(cell)
  const result = await executeJob(
    {
      job,
      workflow: { env: plan.workflow.env, defaults: plan.workflow.defaults },
      cell,
      github: plan.github,
      needs: needsOf(planned, done),
      inputs: plan.inputs,
      vars: plan.vars,
      secrets: request.secrets,
      source: request.source,
      folders: request.foldersOf(cell),
      env: request.env,
      toolPath: request.toolPath,
      limits: request.limits,
      clean: request.clean,
    },
    {
      log: (line) => io.log?.(cell, line),
      step: (update) => io.step?.(cell, update),
      stalled: (stall) => io.stalled?.(cell, stall),
      signal: io.signal,
    },
  )
  io.cellEnded?.(cell, result)
  return result
}

/** How a job's conclusion counts for those that need it. */
function needResult(conclusion: Conclusion): NeedResult['result'] {
  if (conclusion === 'success' || conclusion === 'cancelled' || conclusion === 'skipped') return conclusion
  return conclusion === 'neutral' ? 'success' : 'failure'
}

type Slots = <T>(body: () => Promise<T>) => Promise<T>

/** At most so many at once; the others wait in order. */
function createSlots(count: number): Slots {
  const waiting: (() => void)[] = []
  let free = Math.max(count, 1)
  return async (body) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free -= 1
    try {
      return await body()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

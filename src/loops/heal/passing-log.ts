import type { Ci } from '../../adapters/ci.ts'
import { pipelines } from '../../commons/pipelines/index.ts'
import type { Pass } from '../../commons/pipelines/passes-memory.ts'
import type { Job, Run } from '../../model/run.ts'
import type { HealDeps } from './index.ts'
import { archiveSpareLog, keptReading, type ReadingDeps } from './job-reading.ts'
import type { LogReading } from './logs/reading.ts'
import type { Pace } from './pace.ts'
import { choosePass, passesWanted } from './passing-job.ts'

/** What a job said when it last passed, and where. */
export interface PassingLog {
  readonly pass: Pass
  readonly reading: LogReading
}

export type PassingLogDeps = ReadingDeps & {
  /** How often a failure may be read beside the log of its last pass. */
  readonly comparisons: Pace
}

/**
 * The log of the same job as it last passed, kept like any other once it was fetched. A help and no need: whatever goes
 * wrong, or is not there by the end of `until`, or where too many fail at once, the failure is diagnosed without it.
 * Never throws.
 */
export async function passingLog(
  deps: PassingLogDeps & Pick<HealDeps, 'metrics'>,
  ci: Ci,
  run: Run,
  job: Job,
  { fetch, until }: { readonly fetch: boolean; readonly until: AbortSignal },
): Promise<PassingLog | undefined> {
  const late = new Promise<'not-had'>((resolve) => {
    until.addEventListener('abort', () => resolve('not-had'), { once: true })
  })
  const read = readPassing(deps, ci, run, job, { fetch, signal: until }).catch(() => 'not-had' as const)
  const found = await Promise.race([read, late])
  if (typeof found === 'string') {
    deps.metrics.comparedWithPass(found)
    return undefined
  }
  deps.metrics.comparedWithPass(found.pass.keptBytes === undefined ? 'fetched' : 'kept')
  return found
}

async function readPassing(
  deps: PassingLogDeps,
  ci: Ci,
  run: Run,
  job: Job,
  { fetch, signal }: { readonly fetch: boolean; readonly signal: AbortSignal },
): Promise<PassingLog | 'none' | 'spared' | 'not-had'> {
  const passes = await pipelines.lastPasses(deps.store.db, passesWanted(run, job, deps.clock.now()))
  const pass = choosePass(passes, run)
  if (pass === undefined) return 'none'
  if (!deps.comparisons.take()) return 'spared'
  if (pass.keptBytes === undefined && !(fetch && (await archiveSpareLog(deps, ci, pass, signal)))) return 'not-had'
  const reading = await keptReading(deps, pass.job.id, { signal })
  return isWhole(reading) ? { pass, reading } : 'not-had'
}

/** Of a log that was kept in part, or could not be read to its end, nobody can say what does not stand in it. */
function isWhole({ matched, problem, lines }: LogReading): boolean {
  return matched !== undefined && problem === undefined && lines > 0
}

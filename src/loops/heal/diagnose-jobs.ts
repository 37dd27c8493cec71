import type { Ci } from '../../adapters/ci.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import { isFailure, type Job, type Run, type RunId } from '../../model/run.ts'
import { gather } from './classify/gather.ts'
import { diagnosisOf, type Models } from './diagnose.ts'
import type { Facts, FailedJob } from './facts.ts'
import { type FamilyRecord, familyRecord } from './families-memory.ts'
import { jobReading } from './job-reading.ts'
import type { LogReading } from './logs/reading.ts'
import { corrected } from './models/corrected.ts'
import { familyLabel } from './models/labels.ts'
import { holdingLabels } from './models/memory.ts'
import type { FamilyLabel } from './models/nearest.ts'
import { saysNews } from './new-lines.ts'
import { sayPass } from './passing-job.ts'
import { type PassingLog, passingLog } from './passing-log.ts'
import type { SenseDeps } from './sense.ts'
import type { KnownSignatures } from './signatures/known.ts'

/** A run with very many failed jobs is read in part: the first to fail tell the cause. */
const readAtMost = 8
/** Passing logs that the archive lacks are fetched for the first to fail only. */
const fetchAtMost = 2

/**
 * Every failed job belongs to the state a permit is bound to; the logs of the first few tell the cause, each beside the log
 * of the same job as it last passed. One after the other: a log is let go of before the next is read.
 */
export async function diagnoseJobs(
  deps: SenseDeps,
  ci: Ci,
  run: Run,
  broken: readonly Job[],
  known: KnownSignatures | undefined,
): Promise<Pick<Facts, 'failed' | 'history'>> {
  const failed: FailedJob[] = []
  let history: FamilyRecord | undefined
  const labels = (await holdingLabels(deps.store.db)).map(familyLabel)
  const models = await deps.current.models()
  let first: ReadJob | undefined
  for (const [nth, job] of broken.entries()) {
    const own = nth < readAtMost ? await readJob(deps, ci, run, job, { known, fetch: nth < fetchAtMost }) : undefined
    first ??= own
    const read = own ?? first
    if (read === undefined) continue
    const { diagnosis, record } = await diagnosed(deps, run.id, job, read, { labels, models })
    if (diagnosis.category !== 'cascade') history ??= record
    failed.push(failedJob(job, diagnosis))
  }
  return { failed, history: history ?? { times: 0, rerunGreen: 0, rerunRed: 0 } }
}

interface ReadJob {
  readonly reading: LogReading
  readonly passing: PassingLog | undefined
}

/** Both at once; a failure waits only this much longer for what may help to explain it. */
const graceMs = 500

async function readJob(
  deps: SenseDeps,
  ci: Ci,
  run: Run,
  job: Job,
  { known, fetch }: { readonly known: KnownSignatures | undefined; readonly fetch: boolean },
): Promise<ReadJob> {
  const ref = { repository: run.repository, externalId: run.externalId }
  const limit = new AbortController()
  const own = jobReading(deps, ci, ref, job, known).finally(() => setTimeout(() => limit.abort(), graceMs).unref())
  const [reading, passing] = await Promise.allSettled([
    own,
    passingLog(deps, ci, run, job, { fetch, until: limit.signal }),
  ])
  if (reading.status === 'rejected') throw reading.reason
  const beside = passing.status === 'fulfilled' ? passing.value : undefined
  const tells = beside !== undefined && saysNews(reading.value, beside.reading)
  return { reading: reading.value, passing: tells ? beside : undefined }
}

/** Diagnose twice: first to know the family, then with what became of that family before and what people called it. */
async function diagnosed(
  deps: SenseDeps,
  runId: RunId,
  job: Job,
  { reading, passing }: ReadJob,
  { labels, models }: { readonly labels: readonly FamilyLabel[]; readonly models: Models },
): Promise<{ readonly diagnosis: Diagnosis; readonly record: FamilyRecord }> {
  const startedMs = deps.clock.monotonicMs()
  const evidence = {
    observed: job.observed,
    conclusion: job.conclusion,
    stepNames: failedSteps(job),
    ...(passing === undefined ? {} : { passed: passing.reading, passedIn: sayPass(passing.pass) }),
  }
  const gathered = gather(reading, evidence, models.lines)
  const { family } = diagnosisOf(gathered, evidence, models).fingerprint
  const record = await familyRecord(deps.store.db, family, runId)
  const before = { passedOnRerun: record.rerunGreen, failedOnRerun: record.rerunRed }
  const history = { family: before }
  const diagnosis = corrected(diagnosisOf(gathered, { ...evidence, history }, models), labels, history)
  deps.metrics.diagnosisTook((deps.clock.monotonicMs() - startedMs) / 1_000)
  return { diagnosis: { ...diagnosis, ...comparedWith(passing) }, record }
}

function comparedWith(passing: PassingLog | undefined): Pick<Diagnosis, 'comparedWith'> {
  if (passing === undefined) return {}
  const { id, number } = passing.pass.run
  return { comparedWith: { run: id, number } }
}

function failedSteps(job: Job): readonly string[] {
  return job.steps
    .filter((step) => isFailure(step.conclusion) || step.status === 'in_progress')
    .map((step) => step.name)
}

function failedJob(job: Job, diagnosis: Diagnosis): FailedJob {
  const { id, externalId, name, key, conclusion, observed } = job
  return { id, externalId, name, key, conclusion, observed, completedAt: job.completedAt?.toISOString(), diagnosis }
}

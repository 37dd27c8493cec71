import type { RunRef } from '../../adapters/ci.ts'
import { Unavailable } from '../../base/errors.ts'
import type { PermitRequest } from '../../commons/permits/permits.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import { type Policy, policyFile, readPolicy } from '../../model/policy.ts'
import { isFailure, type Job, type Run, type RunId } from '../../model/run.ts'
import { diagnose } from './diagnose.ts'
import type { Facts, FailedJob } from './facts.ts'
import type { HealInput } from './flow.ts'
import { connectionOf, type HealDeps } from './index.ts'
import { jobReading } from './job-reading.ts'
import { doubtMends, familyRecord, remediesTried } from './memory.ts'
import { primary } from './primary.ts'

/** A run with very many failed jobs is read in part: the first to fail tell the cause. */
const readAtMost = 8
const mustHoldMs = 72 * 3_600_000

/** Read everything a decision needs, from the vendor itself and from memory: no event's word is taken for it. */
export async function sense(deps: HealDeps, input: HealInput, flowId: string): Promise<Facts> {
  const connection = connectionOf(deps, input.connection)
  const ref = { repository: input.repository, externalId: input.externalId }
  const run = await connection.ci.run(ref)
  if (run === undefined) throw new Unavailable(`run ${input.runId} cannot be found at ${connection.vendor} yet`)
  const jobs = run.attempt === input.attempt ? await connection.ci.jobs(ref, input.attempt) : []
  const failed = await diagnoseJobs(deps, input, ref, run, jobs)
  const policy = await policyOf(deps, input.connection, input.repository)
  const bare: Omit<Facts, 'history'> = {
    at: deps.clock.now().toISOString(),
    run: runFacts(run, input.attempt),
    failed,
    can: connection.ci.can,
    tried: await remediesTried(deps.store.db, input.runId as RunId, flowId),
    upTo: {
      memoryBytes: policy.remedies['more-memory'].upToBytes ?? 8 * 2 ** 30,
      timeoutMs: policy.remedies['more-time'].upToMs ?? 6 * 3_600_000,
    },
  }
  return await withHistory(deps, flowId, bare)
}

/** What the permit wants to know besides, read again when it is asked. */
export async function permitFacts(
  deps: HealDeps,
  facts: Facts,
): Promise<Pick<PermitRequest, 'policy' | 'runCreatedAt' | 'definition' | 'tip' | 'minutes'>> {
  const { ci } = connectionOf(deps, facts.run.connection)
  const ref = { repository: facts.run.repository, externalId: facts.run.externalId }
  const [run, definition, tip, policy] = await Promise.all([
    ci.run(ref),
    ci.definition(ref),
    facts.run.branch === undefined ? undefined : ci.tip(facts.run.repository, facts.run.branch),
    policyOf(deps, facts.run.connection, facts.run.repository),
  ])
  return { policy, runCreatedAt: run?.createdAt ?? new Date(facts.at), definition, tip, minutes: minutesOf(facts) }
}

/** The policy is the default branch's: a change under test must not grant itself what may be done about it. */
export async function policyOf(deps: HealDeps, connection: string, repository: string): Promise<Policy> {
  const text = await connectionOf(deps, connection).ci.file(repository, 'HEAD', policyFile)
  return readPolicy(text, await deps.permits.chosenModes(repository)).policy
}

async function diagnoseJobs(
  deps: HealDeps,
  input: HealInput,
  ref: RunRef,
  run: Run,
  jobs: readonly Job[],
): Promise<readonly FailedJob[]> {
  const broken = jobs.filter(
    (job) => isFailure(job.conclusion) || (input.stalled === job.id && job.status !== 'completed'),
  )
  const inOrder = broken.toSorted((a, b) => (a.completedAt?.getTime() ?? 0) - (b.completedAt?.getTime() ?? 0))
  const failed: FailedJob[] = []
  for (const [index, job] of inOrder.entries()) {
    // Every failed job belongs to the state a permit is bound to; only the first few are read.
    const first = failed[0]
    const diagnosis = index < readAtMost || first === undefined ? await diagnoseJob(deps, ref, job) : first.diagnosis
    failed.push({
      id: job.id,
      externalId: job.externalId,
      name: job.name,
      key: job.key,
      conclusion: job.conclusion,
      completedAt: job.completedAt?.toISOString(),
      observed: job.observed,
      diagnosis,
    })
  }
  if (failed.length === 0 && isFailure(run.conclusion) && run.attempt === input.attempt && jobs.length === 0) {
    throw new Unavailable(`run ${input.runId} failed but ${run.vendor} does not list its jobs yet`)
  }
  return failed

  async function diagnoseJob(d: HealDeps, r: RunRef, job: Job): Promise<Diagnosis> {
    const started = d.clock.monotonicMs()
    const reading = await jobReading(d, connectionOf(d, input.connection).ci, r, job)
    const result = diagnose(reading, {
      observed: job.observed,
      conclusion: job.conclusion,
      stepNames: job.steps.map((step) => step.name),
    })
    d.metrics.diagnosed(result.category, (d.clock.monotonicMs() - started) / 1_000)
    return result
  }
}

/** What became of the family before changes what is believed of it now. */
async function withHistory(deps: HealDeps, flowId: string, bare: Omit<Facts, 'history'>): Promise<Facts> {
  const { db } = deps.store
  const none = { times: 0, rerunGreen: 0, rerunRed: 0 }
  const first = primary({ ...bare, history: none })
  const { family } = first.fingerprint
  if (family === 'none') return { ...bare, history: none }
  const since = new Date(deps.clock.now().getTime() - mustHoldMs)
  await doubtMends(db, family, bare.run.branch, since, flowId)
  for (const job of bare.failed) {
    await deps.permits.noteFailure({
      family: job.diagnosis.fingerprint.family,
      repository: bare.run.repository,
      runId: bare.run.id,
      attempt: bare.run.attempt,
      at: new Date(bare.at),
    })
  }
  return { ...bare, history: await familyRecord(db, family, flowId) }
}

function runFacts(run: Run, attempt: number): Facts['run'] {
  return {
    id: run.id,
    connection: run.connection,
    vendor: run.vendor,
    externalId: run.externalId,
    repository: run.repository,
    pipeline: run.pipeline,
    path: run.path,
    number: run.number,
    attempt,
    branch: run.branch,
    sha: run.sha,
    actor: run.actor,
    conclusion: run.conclusion,
    ended: run.status === 'completed',
  }
}

function minutesOf(_facts: Facts): number {
  return 1
}

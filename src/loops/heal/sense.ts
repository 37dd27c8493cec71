import { Unavailable } from '../../base/errors.ts'
import type { PermitRequest } from '../../commons/permits/permits.ts'
import { type Policy, policyFile, readPolicy } from '../../model/policy.ts'
import { isFailure, type Job, type Run, type RunId } from '../../model/run.ts'
import { diagnoseJobs } from './diagnose-jobs.ts'
import type { Facts, FailedJob } from './facts.ts'
import type { HealInput } from './flow.ts'
import { connectionOf, type HealDeps } from './index.ts'
import { laggingBehind } from './lagging.ts'
import { remediesTried } from './memory.ts'
import { doubtMends } from './outcomes-memory.ts'
import type { PassingLogDeps } from './passing-log.ts'
import { policyNotes } from './policy-notes.ts'
import { signaturesOf } from './repository-signatures.ts'

const mustHoldMs = 72 * 3_600_000

export type SenseDeps = HealDeps & PassingLogDeps

/** Read everything a decision needs, from the vendor itself and from memory: no event's word is taken for it. */
export async function sense(deps: SenseDeps, input: HealInput, flowId: string): Promise<Facts> {
  const { ci, vendor } = connectionOf(deps, input.connection)
  const ref = { repository: input.repository, externalId: input.externalId }
  const run = await ci.run(ref)
  if (run === undefined) throw new Unavailable(`run ${input.runId} cannot be found at ${vendor} yet`)
  const jobs = run.attempt === input.attempt ? await ci.jobs(ref, input.attempt) : []
  const lacks = laggingBehind(run, jobs, input, deps.clock.now())
  if (lacks !== undefined) throw new Unavailable(`run ${input.runId} ${lacks} by ${vendor}`)
  const named = await signaturesOf(ci, input.repository)
  const known = named.known?.on({ project: input.repository, build_branch: run.branch })
  const { failed, history } = await diagnoseJobs(deps, ci, run, brokenOf(jobs, input.stalled), known)
  await note(deps, run, input, failed, flowId)
  const { remedies, notes } = await policyOf(deps, input.connection, input.repository)
  return {
    at: deps.clock.now().toISOString(),
    run: { ...runFacts(run, input.attempt), beganNoJob: beganNoJob(run, jobs, input.attempt) },
    failed,
    history,
    can: ci.can,
    policyNotes: [...notes, ...named.problems],
    tried: await remediesTried(deps.store.db, input.runId as RunId, flowId),
    upTo: {
      memoryBytes: remedies['more-memory'].upToBytes ?? 8 * 2 ** 30,
      timeoutMs: remedies['more-time'].upToMs ?? 6 * 3_600_000,
    },
  }
}

/** What the permit wants to know besides, read again when it is asked. */
export async function permitFacts(
  deps: HealDeps,
  facts: Facts,
): Promise<Pick<PermitRequest, 'policy' | 'runCreatedAt' | 'definition' | 'tip' | 'trigger' | 'minutes'>> {
  const { ci } = connectionOf(deps, facts.run.connection)
  const ref = { repository: facts.run.repository, externalId: facts.run.externalId }
  const [run, definition, tip, policy] = await Promise.all([
    ci.run(ref),
    ci.definition(ref),
    facts.run.branch === undefined ? undefined : ci.tip(facts.run.repository, facts.run.branch),
    policyOf(deps, facts.run.connection, facts.run.repository),
  ])
  return {
    policy,
    runCreatedAt: run?.createdAt ?? new Date(facts.at),
    definition,
    tip,
    trigger: triggerOf(run),
    minutes: minutesOf(run),
  }
}

/** The policy is the default branch's: a change under test must not grant itself what may be done about it. */
async function policyOf(
  deps: HealDeps,
  connection: string,
  repository: string,
): Promise<Policy & { readonly notes: readonly string[] }> {
  const text = await connectionOf(deps, connection).ci.file(repository, 'HEAD', policyFile)
  const reading = readPolicy(text, await deps.permits.chosenModes(repository))
  return { ...reading.policy, notes: policyNotes(reading) }
}

/** Failed jobs, the first to fail first; and the one that hangs, if that is why. */
function brokenOf(jobs: readonly Job[], stalled: string | undefined): readonly Job[] {
  return jobs
    .filter((job) => isFailure(job.conclusion) || (job.id === stalled && job.status !== 'completed'))
    .toSorted((a, b) => (a.completedAt?.getTime() ?? 0) - (b.completedAt?.getTime() ?? 0))
}

/** A failure that is seen again casts doubt on earlier mends, and many like ones at once are a matter of their own. */
async function note(
  deps: HealDeps,
  run: Run,
  input: HealInput,
  failed: readonly FailedJob[],
  flowId: string,
): Promise<void> {
  const now = deps.clock.now()
  for (const family of new Set(failed.map((job) => job.diagnosis.fingerprint.family))) {
    await doubtMends(deps.store.db, family, run.branch, new Date(now.getTime() - mustHoldMs), flowId)
    await deps.permits.noteFailure({
      family,
      repository: run.repository,
      runId: run.id,
      attempt: input.attempt,
      at: now,
    })
  }
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

function beganNoJob(run: Run, jobs: readonly Job[], attempt: number): boolean {
  return run.attempt === attempt && isFailure(run.conclusion) && jobs.length === 0
}

function triggerOf(run: Run | undefined): PermitRequest['trigger'] {
  return run?.ref === undefined ? undefined : { event: run.event, ref: run.ref }
}

/** A rerun costs about what the run took. */
function minutesOf(run: Run | undefined): number {
  if (run?.startedAt === undefined) return 1
  return Math.max(1, Math.ceil((run.updatedAt.getTime() - run.startedAt.getTime()) / 60_000))
}

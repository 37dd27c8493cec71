import { type PermitNews, permitTopic } from '../../commons/permits/permits.ts'
import type { Steps } from '../../engine/flows/flow.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import type { BoundState, Permit } from '../../model/permit.ts'
import type { Plan } from '../../model/remedy.ts'
import { isFailure } from '../../model/run.ts'
import type { Facts } from './facts.ts'
import { connectionOf, type HealDeps } from './index.ts'
import { failedNames } from './remedies/remedy.ts'
import { permitFacts } from './sense.ts'
import type { Story } from './story.ts'

/** What a flow keeps of its permit: plain JSON. */
export type PermitAnswer = Pick<Permit, 'id' | 'state' | 'reasons'>

/** A person may take this long to answer; afterwards the permit expires. */
const patienceMs = 7 * 24 * 3_600_000

/** Ask the door; when it asks a person, tell so and wait for the answer, perhaps for days. */
export async function askPermit(
  deps: HealDeps,
  at: Steps,
  story: Story,
  facts: Facts,
  diagnosis: Diagnosis,
  plan: Plan,
): Promise<PermitAnswer> {
  const permit = await at.step('ask', async () => {
    const request = {
      ...(await permitFacts(deps, facts)),
      flowId: at.flowId,
      plan,
      bound: boundState(facts),
      family: diagnosis.fingerprint.family,
    }
    return answerOf(await deps.permits.ask(request))
  })
  if (permit.state !== 'asked') return permit
  await story.asking(permit)
  await at.wait<PermitNews>(permitTopic, patienceMs)
  return await at.step('answer', async () =>
    answerOf((await deps.permits.find(permit.id)) ?? { ...permit, state: 'expired' }),
  )
}

/** Right before the effect the world is read again: a permit for another state is no permit. */
export async function stillPermitted(
  deps: HealDeps,
  at: Steps,
  facts: Facts,
  permit: PermitAnswer,
): Promise<PermitAnswer> {
  return await at.step('recheck', async () =>
    answerOf(await deps.permits.recheck(permit.id, await stateNow(deps, facts))),
  )
}

function boundState(facts: Facts): BoundState {
  const { run } = facts
  return {
    vendor: run.vendor,
    connection: run.connection,
    repository: run.repository,
    runId: run.id,
    attempt: run.attempt,
    sha: run.sha,
    pipeline: run.pipeline,
    jobs: failedNames(facts),
  }
}

/** The bound state as the vendor has it at this moment. */
export async function stateNow(deps: HealDeps, facts: Pick<Facts, 'run' | 'failed'>): Promise<BoundState> {
  const { ci } = connectionOf(deps, facts.run.connection)
  const ref = { repository: facts.run.repository, externalId: facts.run.externalId }
  const run = await ci.run(ref)
  const bound = boundState(facts as Facts)
  if (run === undefined) return { ...bound, attempt: -1 }
  const jobs = await ci.jobs(ref, run.attempt)
  const touched = jobs.filter((job) =>
    facts.run.ended ? job.status === 'completed' && isFailure(job.conclusion) : job.status === 'in_progress',
  )
  const names = touched.map((job) => job.name).sort()
  return {
    ...bound,
    attempt: run.attempt,
    sha: run.sha,
    jobs: facts.run.ended ? names : names.filter((name) => bound.jobs.includes(name)),
  }
}

function answerOf(permit: PermitAnswer): PermitAnswer {
  return { id: permit.id, state: permit.state, reasons: permit.reasons }
}

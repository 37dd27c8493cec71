import { Unavailable } from '../../base/errors.ts'
import type { Steps } from '../../engine/flows/flow.ts'
import type { Plan } from '../../model/remedy.ts'
import { type Effect, handsFor } from './act.ts'
import type { Facts } from './facts.ts'
import { connectionOf, type HealDeps } from './index.ts'
import type { Proof } from './memory.ts'
import { remedyOf } from './remedies/index.ts'
import type { After } from './remedies/remedy.ts'

/** The topic under which a flow waits for the end of an attempt of its run. */
export function attemptTopic(attempt: number): string {
  return `attempt-${attempt}-ended`
}

/** The longest that an attempt may take before nothing can be proven any more. */
const longestAttemptMs = 24 * 3_600_000
const longestStopMs = 10 * 60_000

/** Wait for what the effect should bring about, read it from the vendor again, judge it; keep what worked, take back what did not. */
export async function prove(deps: HealDeps, at: Steps, facts: Facts, plan: Plan, effect: Effect): Promise<Proof> {
  const remedy = remedyOf(plan)
  const attempt = awaitedAttempt(remedy.awaits, facts, effect)
  if (attempt === undefined) return remedy.prove(plan, undefined, facts)
  const limitMs = remedy.awaits === 'next-attempt' ? longestAttemptMs : longestStopMs
  const hasEnded = (await at.wait(attemptTopic(attempt), limitMs)) !== undefined
  return await at.step('prove', async () => {
    const after = await observe(deps, facts, attempt, hasEnded)
    const proof = remedy.prove(plan, after, facts)
    const hands = handsFor(deps, at.flowId, facts)
    if (proof.held === true) await remedy.keep?.(plan, after, hands)
    if (proof.held !== false || remedy.undo === undefined) return proof
    return { ...proof, undone: await remedy.undo(plan, hands) }
  })
}

function awaitedAttempt(
  awaits: 'next-attempt' | 'end-of-attempt' | 'nothing',
  facts: Facts,
  effect: Effect,
): number | undefined {
  if (awaits === 'nothing' || effect.kind === 'refused') return undefined
  return awaits === 'end-of-attempt' ? facts.run.attempt : (effect.attempt ?? facts.run.attempt + 1)
}

/** The attempt as the vendor shows it; what it told already it may take a moment to show. */
async function observe(deps: HealDeps, facts: Facts, attempt: number, hasEnded: boolean): Promise<After> {
  const { ci, vendor } = connectionOf(deps, facts.run.connection)
  const ref = { repository: facts.run.repository, externalId: facts.run.externalId }
  const run = await ci.run(ref)
  if (run === undefined) return undefined
  if (run.attempt > attempt || (run.attempt === attempt && run.status === 'completed'))
    return { attempt, sha: run.sha, jobs: await ci.jobs(ref, attempt) }
  if (!hasEnded) return undefined
  throw new Unavailable(`attempt ${attempt} of run ${facts.run.id} ended, but ${vendor} does not show it yet`)
}

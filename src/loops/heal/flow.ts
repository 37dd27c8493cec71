import { type Flow, flow } from '../../engine/flows/flow.ts'
import { act } from './act.ts'
import { decide } from './decide.ts'
import type { HealDeps } from './index.ts'
import { createPace } from './pace.ts'
import { askPermit, stillPermitted } from './permit.ts'
import { primary } from './primary.ts'
import { prove } from './prove.ts'
import { sense } from './sense.ts'
import { tellStory } from './story.ts'

/** A failed or hanging attempt of a run. The flow's id names it, so one attempt is handled once. */
export interface HealInput {
  readonly connection: string
  readonly repository: string
  readonly externalId: string
  readonly runId: string
  readonly attempt: number
  /** The job that hangs, when that is why. */
  readonly stalled?: string | undefined
  /** The event that brought it here. */
  readonly causation: string
  readonly correlation: string
}

export function healId(runId: string, attempt: number): string {
  return `heal:${runId}:${attempt}`
}

/** A hang is a case of its own: what else the attempt may fail of must not go unread because of it. */
export function hangId(runId: string, attempt: number): string {
  return `${healId(runId, attempt)}:hang`
}

/**
 * Reading a failure beside its last pass takes several times as long. Where very many fail at once, the first are read so
 * and then as many as leave a process time to decide on all.
 */
const comparisonsPace = { burst: 30, everyMs: 2_000 }

/** The whole loop on one screen. */
export function createHealFlow(deps: HealDeps): Flow<HealInput> {
  const sensing = { ...deps, comparisons: createPace(deps.clock, comparisonsPace) }
  return flow('heal', async (input: HealInput, at) => {
    const story = tellStory(deps, at, input)

    const facts = await at.step('sense', () => sense(sensing, input, at.flowId))
    const diagnosis = primary(facts)
    const plan = decide(diagnosis, facts)
    await story.decided(facts, diagnosis, plan)

    const permit = await askPermit(deps, at, story, facts, diagnosis, plan)
    if (permit.state !== 'granted') return await story.refused(plan, permit)

    if ('waitMs' in plan && plan.waitMs > 0) await story.wait(plan.waitMs)
    const still = await stillPermitted(deps, at, facts, permit)
    if (still.state !== 'granted') return await story.refused(plan, still)

    const effect = await at.step('act', () => act(deps, at.flowId, facts, plan, permit))
    if (effect.kind === 'refused') return await story.declined(plan, permit, effect)
    await story.acted(plan, permit, effect)

    const proof = await prove(deps, at, facts, plan, effect)
    return await story.ended(facts, diagnosis, plan, permit, proof)
  })
}

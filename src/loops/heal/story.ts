import { sayDuration } from '../../base/quantity.ts'
import { transaction } from '../../engine/database/transaction.ts'
import { append } from '../../engine/eventlog/append.ts'
import type { Steps } from '../../engine/flows/flow.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import type { HealingOutcome, NewEvent } from '../../model/events.ts'
import type { Plan } from '../../model/remedy.ts'
import type { Effect } from './act.ts'
import type { Facts } from './facts.ts'
import type { HealInput } from './flow.ts'
import type { HealDeps } from './index.ts'
import { type HealingChange, moveHealing, type Proof } from './memory.ts'
import { rememberOutcome } from './outcomes-memory.ts'
import type { PermitAnswer } from './permit.ts'

/**
 * What a case leaves behind: its row in the ledger, its moments, its events, and in the end what is remembered of the
 * remedy. Each is one step and one transaction, so a case that is taken over tells nothing twice.
 */
export interface Story {
  decided(facts: Facts, diagnosis: Diagnosis, plan: Plan): Promise<void>
  asking(permit: PermitAnswer): Promise<void>
  wait(ms: number): Promise<void>
  acted(plan: Plan, permit: PermitAnswer, effect: Effect): Promise<void>
  /** The permit said no. */
  refused(plan: Plan, permit: PermitAnswer): Promise<Ending>
  /** The vendor said no. */
  declined(plan: Plan, permit: PermitAnswer, effect: Extract<Effect, { kind: 'refused' }>): Promise<Ending>
  ended(facts: Facts, diagnosis: Diagnosis, plan: Plan, permit: PermitAnswer, proof: Proof): Promise<Ending>
}

export interface Ending {
  readonly outcome: HealingOutcome
  readonly sentence: string
}

export function tellStory(deps: HealDeps, at: Steps, input: HealInput): Story {
  const healing = at.flowId

  async function write(what: string, change: Omit<HealingChange, 'at'>, events: readonly Told[] = []): Promise<void> {
    await at.step(what, () =>
      transaction(deps.store.db, async (tx) => {
        await moveHealing(tx, healing, what, { ...change, at: deps.clock.now() })
        await append(
          tx,
          events.map((event) => envelope(event, input, healing)),
        )
      }),
    )
  }

  async function finish(
    outcome: HealingOutcome,
    sentence: string,
    change: Partial<HealingChange> = {},
    events: readonly Told[] = [],
  ) {
    const finished: Told = { type: 'healing.finished', data: { healing, outcome, sentence } }
    await write('finished', { ...change, state: 'finished', outcome, sentence }, [...events, finished])
    return { outcome, sentence }
  }

  return {
    async decided(facts, diagnosis, plan) {
      deps.metrics.decided(plan.remedy, (deps.clock.now().getTime() - new Date(facts.at).getTime()) / 1_000)
      const job = facts.failed.find((failed) => failed.diagnosis === diagnosis) ?? facts.failed[0]
      await write(
        'decided',
        {
          state: 'deciding',
          sentence: [diagnosis.sentence, sayPlan(plan), ...facts.policyNotes].join(' '),
          inputs: facts,
          diagnosis,
          plan,
          ...(job === undefined ? {} : { jobId: job.id, jobName: job.name }),
        },
        [
          {
            type: 'failure.diagnosed',
            data: { healing, repository: facts.run.repository, job: job?.name ?? '', diagnosis },
          },
          { type: 'remedy.planned', data: { healing, plan } },
        ],
      )
    },
    async asking(permit) {
      const why = permit.reasons.map((reason) => reason.sentence).join(' ')
      await write('asking', { state: 'asking', sentence: `Asks a person first. ${why}`, permitId: permit.id })
    },
    async wait(ms) {
      await write('waiting', { state: 'waiting', sentence: `Waits ${sayDuration(ms)} for the cause to pass.` })
      await at.sleep('wait', ms)
    },
    async acted(plan, permit, effect) {
      const change = {
        state: 'proving' as const,
        sentence: `${sayDone(plan)} Watching what comes of it.`,
        permitId: permit.id,
        effect,
      }
      await write('acted', change, [
        { type: 'remedy.applied', data: { healing, remedy: plan.remedy, receipt: effect } },
      ])
    },
    async refused(plan, permit) {
      const why = permit.reasons.map((reason) => reason.sentence).join(' ')
      const watched = permit.reasons.some((reason) => reason.code === 'mode-observe')
      const sentence = `${sayPlan(plan)} Not done: ${why}`
      return await finish(watched ? 'watched' : 'refused', sentence, { permitId: permit.id })
    },
    async declined(plan, permit, effect) {
      await at.step('give back', async () => void (await deps.permits.giveBack(permit.id, effect.sentence)))
      return await finish('refused', `${sayPlan(plan)} The vendor declined: ${effect.sentence}`, { effect })
    },
    async ended(facts, diagnosis, plan, permit, proof) {
      const outcome = outcomeOf(plan, proof)
      const sentence =
        outcome === 'told' ? `${sayDone(plan)} ${diagnosis.sentence}` : `${sayDone(plan)} ${proof.sentence}`
      const acted = plan.remedy !== 'escalate' && plan.remedy !== 'do-nothing'
      const tried = acted && proof.held !== null
      if (acted) await remember(facts, diagnosis, plan, permit, proof)
      const type = proof.held === true ? 'remedy.proven' : 'remedy.disproven'
      const events: readonly Told[] = tried
        ? [{ type, data: { healing, remedy: plan.remedy, sentence: proof.sentence } }]
        : []
      return await finish(outcome, sentence, { proof }, events)
    },
  }

  async function remember(
    facts: Facts,
    diagnosis: Diagnosis,
    plan: Plan,
    permit: PermitAnswer,
    proof: Proof,
  ): Promise<void> {
    await at.step('remember', () =>
      transaction(deps.store.db, async (tx) => {
        const now = deps.clock.now()
        const outcome = {
          healingId: healing,
          repository: facts.run.repository,
          family: diagnosis.fingerprint.family,
          category: diagnosis.category,
          branch: facts.run.branch,
          remedy: plan.remedy,
          tookMs: now.getTime() - new Date(facts.at).getTime(),
          at: now,
        }
        if (proof.held !== null) await rememberOutcome(tx, { ...outcome, proven: proof.held })
        // Also when nothing could be observed: others may wait for what became of this one.
        await deps.permits.settle(permit.id, proof.held, tx)
      }),
    )
  }
}

/** An event of the case, without its envelope. */
type Told = { [E in NewEvent as E['type']]: Pick<E, 'type' | 'data'> }[NewEvent['type']]

function envelope(told: Told, input: HealInput, healing: string): NewEvent {
  return {
    ...told,
    subject: input.runId,
    causation: input.causation,
    correlation: input.correlation,
    dedupeKey: `${told.type} ${healing}`,
  } as NewEvent
}

function outcomeOf(plan: Plan, proof: Proof): HealingOutcome {
  if (plan.remedy === 'escalate') return 'told'
  if (plan.remedy === 'do-nothing') return 'watched'
  // A hang that was stopped is contained, not mended: a person must act.
  if (plan.remedy === 'stop-hang') return proof.held === true ? 'told' : 'not-mended'
  return proof.held === true ? 'mended' : 'not-mended'
}

function sayPlan(plan: Plan): string {
  const verbs: Record<Plan['remedy'], string> = {
    'rerun-failed': 'Plan: rerun the failed jobs',
    'rerun-clean': 'Plan: rerun the failed jobs without caches',
    'more-memory': 'Plan: rerun with more memory',
    'more-time': 'Plan: rerun with more time',
    'stop-hang': 'Plan: stop it',
    escalate: 'Plan: tell the people who can mend it',
    'do-nothing': 'Plan: leave it',
  }
  return `${verbs[plan.remedy]}; ${plan.why}.`
}

function sayDone(plan: Plan): string {
  switch (plan.remedy) {
    case 'rerun-failed':
      return 'Reran the failed jobs.'
    case 'rerun-clean':
      return 'Reran the failed jobs without caches.'
    case 'more-memory':
      return 'Reran with more memory.'
    case 'more-time':
      return 'Reran with more time.'
    case 'stop-hang':
      return 'Stopped the hanging job.'
    case 'escalate':
      return 'Told, not rerun.'
    case 'do-nothing':
      return `Left alone: ${plan.why}.`
    default:
      return plan satisfies never
  }
}

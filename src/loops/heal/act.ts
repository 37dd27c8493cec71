import type { EffectAnswer } from '../../adapters/ci.ts'
import { openIncident } from '../../commons/incidents/index.ts'
import type { Plan } from '../../model/remedy.ts'
import type { Facts } from './facts.ts'
import { connectionOf, type HealDeps } from './index.ts'
import { redactText } from './logs/redact.ts'
import type { PermitAnswer } from './permit.ts'
import { remedyOf } from './remedies/index.ts'
import type { Hands } from './remedies/remedy.ts'

/** What became of the effect: plain JSON for the ledger. */
export type Effect =
  | { readonly kind: 'done'; readonly attempt?: number | undefined; readonly already: boolean; readonly at: string }
  | { readonly kind: 'refused'; readonly because: string; readonly sentence: string }

/** The only effects of the loop: once, under the permit, with a receipt. May run again after a crash; the vendor is looked at first. */
export async function act(
  deps: HealDeps,
  flowId: string,
  facts: Facts,
  plan: Plan,
  permit: PermitAnswer,
): Promise<Effect> {
  // Asked in every try: they may go on for hours after the permit was looked at.
  const stop = await deps.permits.stopped()
  if (stop !== undefined) return { kind: 'refused', because: 'stopped', sentence: stop }
  const answer = await remedyOf(plan).act(plan, handsFor(deps, flowId, facts))
  const effect = plainEffect(answer)
  if (effect.kind === 'done') await deps.permits.use(permit.id, effect)
  return effect
}

export function handsFor(deps: HealDeps, flowId: string, facts: Facts): Hands {
  const { run } = facts
  return {
    ci: connectionOf(deps, run.connection).ci,
    facts,
    ref: { repository: run.repository, externalId: run.externalId },
    idempotencyKey: flowId,
    async tell({ title, severity, evidence }) {
      if (severity === 'low') return
      await openIncident(deps.store.db, {
        key: flowId,
        title: redactText(title),
        severity,
        runId: run.id,
        healing: flowId,
        evidence: evidence.map(redactText),
      })
    },
  }
}

function plainEffect(answer: EffectAnswer): Effect {
  if (answer.kind === 'refused') return answer
  return { kind: 'done', attempt: answer.attempt, already: answer.already, at: answer.at.toISOString() }
}

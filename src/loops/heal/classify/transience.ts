import { type Category, categories, type Diagnosis } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'
import type { History } from './evidence.ts'

/**
 * Would the same job pass if it ran again unchanged? Decided apart from the category, by the strongest evidence there
 * is: what happened, then what the failing line says, then what is known of the category.
 */
export function transienceOf(
  category: Category,
  best: Ranked | undefined,
  history: History | undefined,
): Diagnosis['transience'] {
  if (history?.passedAtSameCommit === true)
    return { verdict: 'intermittent', p: 0.95, why: 'the same job passed at the same commit' }
  const record = history?.family
  if (record !== undefined && record.passedOnRerun + record.failedOnRerun > 0) return fromRecord(record, category)
  const said = best?.pattern.category === category ? best.pattern.transience : undefined
  if (said !== undefined) return { verdict: said.verdict, p: said.verdict === 'unknown' ? 0.5 : 0.8, why: said.why }
  const { transience } = categories[category]
  if (transience === 'unknown') return { verdict: 'unknown', p: 0.5, why: 'nothing tells whether it would fail again' }
  return { verdict: transience, p: transience === 'deterministic' ? 0.92 : 0.75, why: beforehand[transience] }
}

const beforehand = {
  deterministic: 'failures of this kind fail again until something is changed',
  intermittent: 'failures of this kind often pass when run again',
} as const

/** How likely a rerun passes before any was seen, and how many reruns that belief weighs as much as. */
const beliefs = { deterministic: 0.1, intermittent: 0.7, unknown: 0.4 } as const
const beliefWeight = 3

/** Failures of one family that were rerun unchanged, with what is known of the category as the belief beforehand. */
function fromRecord(
  { passedOnRerun, failedOnRerun }: NonNullable<History['family']>,
  category: Category,
): Diagnosis['transience'] {
  const reruns = passedOnRerun + failedOnRerun
  const p = (passedOnRerun + beliefWeight * beliefs[categories[category].transience]) / (reruns + beliefWeight)
  const why = `of ${reruns} like failures ${passedOnRerun} passed when run again`
  if (p >= 0.5) return { verdict: 'intermittent', p, why }
  if (p <= 0.25) return { verdict: 'deterministic', p: 1 - p, why }
  return { verdict: 'unknown', p: 0.5, why }
}

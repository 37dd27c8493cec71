import type { Category, Diagnosis } from '../../../model/diagnosis.ts'
import type { RemedyKind } from '../../../model/remedy.ts'

type Known = Pick<Diagnosis, 'category' | 'transience'>

/** A remedy and how likely the failed jobs are green after it. */
export interface Odds {
  readonly remedy: RemedyKind
  readonly p: number
}

/** What may turn a failure green without a person, the likeliest first: from the diagnosis alone, before any history. */
export function remedyOdds(diagnosis: Known): readonly Odds[] {
  const { category } = diagnosis
  if (stayRed.has(category)) return []
  const particular = particularOdds[category]
  const rerun: Odds = { remedy: 'rerun-failed', p: rerunOdds(diagnosis) }
  return (particular === undefined ? [rerun] : [particular, rerun]).toSorted((a, b) => b.p - a.p)
}

/**
 * Beforehand: of reruns that people chose 60 % pass (public rerun chains), of those of flaky tests more; what fails
 * by its nature passes as often as the verdict is wrong.
 */
export function rerunOdds({ category, transience }: Known): number {
  const isTest = category.startsWith('test.')
  if (transience.verdict === 'intermittent') return isTest ? 0.7 : 0.6
  if (transience.verdict === 'deterministic') return round(Math.min(0.2, 1 - transience.p))
  // Unknown transience: one probe is worth it where luck is common, and tells luck from cause.
  return category === 'code.test' ? 0.3 : 0.2
}

/** Remedies for one kind of failure; a job killed at its limit passes with more about as often as published. */
const particularOdds: Partial<Record<Category, Odds>> = {
  'res.oom': { remedy: 'more-memory', p: 0.56 },
  'res.timeout_job': { remedy: 'more-time', p: 0.4 },
  'res.timeout_step': { remedy: 'more-time', p: 0.3 },
  'cache.corrupt': { remedy: 'rerun-clean', p: 0.8 },
  'cache.stale': { remedy: 'rerun-clean', p: 0.8 },
}

/** Meant, or another case's: there is nothing to turn green here. */
const stayRed: ReadonlySet<Category> = new Set(['cascade', 'human.cancelled', 'superseded', 'policy.blocked'])

function round(p: number): number {
  return Math.round(p * 1_000) / 1_000
}

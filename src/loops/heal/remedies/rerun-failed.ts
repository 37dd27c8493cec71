import type { Category, Diagnosis } from '../../../model/diagnosis.ts'
import type { Facts } from '../facts.ts'
import { rerunOdds } from './odds.ts'
import { judgeRerun, type Remedy, rerun } from './remedy.ts'

/**
 * Wait until the cause has had time to pass, then rerun the failed jobs at the same commit. Never for a failure that a
 * rerun cannot change. What a rerun of the family did before weighs in; see `chance`.
 */
export const rerunFailed: Remedy<'rerun-failed'> = {
  kind: 'rerun-failed',
  awaits: 'next-attempt',
  consider(diagnosis, facts) {
    if (!facts.run.ended || facts.failed.some((job) => job.diagnosis.transience.verdict === 'deterministic'))
      return undefined
    const p = chance(diagnosis, facts)
    if (p < worthTrying) return undefined
    const waitMs = pauseFor(diagnosis, facts)
    const odds = `a rerun helps in about ${Math.round(p * 100)} of 100 such failures`
    return { remedy: 'rerun-failed', waitMs, why: `${diagnosis.transience.why}; ${odds}` }
  },
  act: async (_plan, hands) => await rerun(hands),
  prove: (_plan, after, facts) => judgeRerun(after, facts),
}

const worthTrying = 0.25
/** How many observed reruns the prior weighs as much as (empirical; heal method of partial pooling). */
const priorWeight = 4

/**
 * Posterior mean that a rerun turns green: a Beta prior per category (public rerun chains: a first rerun that people
 * chose passes 60 %, a second 45 %, a third 33 %), and what reruns of this family did here.
 */
function chance(diagnosis: Diagnosis, facts: Facts): number {
  const already = facts.tried.filter(
    (t) => t.remedy === 'rerun-failed' && t.family === diagnosis.fingerprint.family,
  ).length
  const prior = rerunOdds(diagnosis) * 0.75 ** already
  const { rerunGreen, rerunRed } = facts.history
  return (prior * priorWeight + rerunGreen) / (priorWeight + rerunGreen + rerunRed)
}

const firstPauseMs: Partial<Record<Category, number>> = {
  'ext.service_5xx': 10_000,
  'ext.rate_limit': 60_000,
  'net.dns': 5_000,
  'net.connect': 5_000,
  'net.timeout': 5_000,
  'net.reset': 3_000,
  'infra.provision': 15_000,
  'res.concurrency': 5_000,
}
const longestPauseMs = 30 * 60_000

/** What the log itself asked for, or a pause that doubles with each rerun of the run. */
function pauseFor(diagnosis: Diagnosis, facts: Facts): number {
  const asked = diagnosis.retryAfterSeconds === undefined ? 0 : diagnosis.retryAfterSeconds * 1_000
  const reruns = facts.tried.filter((tried) => tried.remedy === 'rerun-failed').length
  const ours = (firstPauseMs[diagnosis.category] ?? 0) * 2 ** reruns
  return Math.min(Math.max(asked, ours), longestPauseMs)
}

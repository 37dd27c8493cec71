import type { Ci, EffectAnswer, RunRef } from '../../../adapters/ci.ts'
import type { Diagnosis } from '../../../model/diagnosis.ts'
import type { Plan, RemedyKind } from '../../../model/remedy.ts'
import { isFailure, type Job } from '../../../model/run.ts'
import type { Facts } from '../facts.ts'
import type { Proof } from '../memory.ts'

/**
 * One way to mend. `consider` and `prove` are pure; `act` and `undo` are the effects, run through a permit, idempotent,
 * and perhaps run twice.
 */
export interface Remedy<Kind extends RemedyKind = RemedyKind> {
  readonly kind: Kind
  /** The precondition and the dose: a plan if this remedy fits the facts. */
  consider(diagnosis: Diagnosis, facts: Facts): PlanOf<Kind> | undefined
  act(plan: PlanOf<Kind>, hands: Hands): Promise<EffectAnswer>
  /** What must be observed before the effect can be judged. */
  readonly awaits: 'next-attempt' | 'end-of-attempt' | 'nothing'
  /** Judge what was observed after the effect. */
  prove(plan: PlanOf<Kind>, after: After, facts: Facts): Proof
  /** Keep what worked for next time. */
  keep?(plan: PlanOf<Kind>, after: After, hands: Hands): Promise<void>
  /** Take back what did not work; says what was restored. */
  undo?(plan: PlanOf<Kind>, hands: Hands): Promise<string>
}

export type PlanOf<Kind extends RemedyKind> = Extract<Plan, { remedy: Kind }>

/** What the effect may use: the vendor, the case, and the key that makes it happen once. */
export interface Hands {
  readonly ci: Ci
  readonly facts: Facts
  readonly ref: RunRef
  readonly idempotencyKey: string
  /** Tell people; `severity` high opens an incident. */
  tell(notice: {
    readonly title: string
    readonly severity: 'low' | 'high'
    readonly evidence: readonly string[]
  }): Promise<void>
}

/** The attempt that was awaited, read from the vendor again; undefined when it did not end within its time. */
export type After = { readonly attempt: number; readonly sha: string; readonly jobs: readonly Job[] } | undefined

/** Names of the failed jobs, sorted: part of the state that a rerun is permitted for. */
export function failedNames(facts: Facts): readonly string[] {
  return facts.failed.map((job) => job.name).sort()
}

/** Did every job that had failed turn green, at the same commit? */
export function judgeRerun(after: After, facts: Facts): Proof {
  if (after === undefined) return { held: null, sentence: 'The next attempt did not end in time; nothing was proven.' }
  if (after.sha !== facts.run.sha) {
    return { held: null, sentence: 'The next attempt ran at another commit; it proves nothing.', sha: after.sha }
  }
  const names = [...new Set(facts.failed.map((job) => job.name))]
  const again = after.jobs.filter((job) => names.includes(job.name))
  const green = again.filter((job) => job.conclusion === 'success').map((job) => job.name)
  const red = again.filter((job) => isFailure(job.conclusion)).map((job) => job.name)
  const cut = names.filter((name) => !green.includes(name) || again.some((job) => job.name === name && !hasRun(job)))
  const about = { attempt: after.attempt, green, red }
  if (red.length > 0)
    return { held: false, sentence: `${list(red)} failed again in attempt ${after.attempt}.`, ...about }
  if (cut.length > 0) {
    const sentence = `${list(cut)} did not run to the end in attempt ${after.attempt}; nothing was proven.`
    return { held: null, sentence, ...about }
  }
  return { held: true, sentence: `${list(green)} green at the same commit in attempt ${after.attempt}.`, ...about }
}

/** A job that was cancelled or skipped says nothing of the remedy. */
function hasRun(job: Job): boolean {
  return job.conclusion === 'success' || isFailure(job.conclusion)
}

export function list(names: readonly string[]): string {
  return names.length === 1 ? `Job ${names[0]}` : `Jobs ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** The rerun that most remedies end in. */
export async function rerun(
  hands: Hands,
  options: { clean?: boolean; memoryBytes?: number; timeoutMs?: number } = {},
): Promise<EffectAnswer> {
  const { facts, ci, ref, idempotencyKey } = hands
  return await ci.rerunFailed({
    ...ref,
    attempt: facts.run.attempt,
    sha: facts.run.sha,
    jobs: failedNames(facts),
    options,
    idempotencyKey,
  })
}

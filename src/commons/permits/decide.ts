import { sayDuration } from '../../base/quantity.ts'
import type { Reason, ReasonCode } from '../../model/permit.ts'
import { changesNothing } from '../../model/policy.ts'
import type { Mode, RemedyKind } from '../../model/remedy.ts'

/** All that a permit is judged from. Plain JSON, kept with the permit: the same facts give the same verdict again. */
export interface PermitFacts {
  readonly remedy: RemedyKind
  readonly mode: Mode
  readonly stop: { readonly kind: 'released' } | { readonly kind: 'engaged' | 'unknown'; readonly sentence: string }
  readonly unsupported: string | null
  /** Jobs that the effect touches, with their dependants, and the policy's globs that name some of them. */
  readonly jobs: readonly string[]
  readonly never: readonly string[]
  readonly sideEffects: SideEffects
  /** Reruns of this run for this family so far, and how many are allowed. */
  readonly attempts: { readonly made: number; readonly allowed: number }
  /** The attempt as the vendor counts, and the age of the run. */
  readonly vendor: { readonly attempt: number; readonly ageMs: number }
  readonly spentToday: { readonly reruns: number; readonly minutes: number }
  readonly budget: { readonly reruns: number; readonly minutes: number }
  readonly cost: { readonly minutes: number }
  /** Failures in a row of this remedy for this family in this repository, in other runs, and since when. */
  readonly failuresInARow: number
  readonly sinceLastFailureMs: number | null
  /** Why the family is held because many like failures are seen at once; null if it is not, or if this is the probe. */
  readonly mass: string | null
  readonly superseded: boolean
}

export type SideEffects =
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly why: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: readonly string[] }

/** `granted`: do it. `asked`: only a person, or the end of a mass failure, may say yes. `refused`: not now, by nobody. */
export type Verdict =
  | { readonly kind: 'granted' }
  | { readonly kind: 'asked'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[] }

/** May this effect happen? Every rule speaks, in this order, so that a refusal names all that stands in the way. */
export function judge(facts: PermitFacts): Verdict {
  if (changesNothing.includes(facts.remedy)) return verdictOf(mode(facts))
  const reasons = [
    ...stopSwitch(facts),
    ...unsupported(facts),
    ...neverJobs(facts),
    ...sideEffects(facts),
    ...mode(facts),
    ...(facts.remedy === 'stop-hang' ? [] : rerunLimits(facts)),
  ]
  return verdictOf(reasons)
}

/** What a rerun must keep to on top; stopping a hung job costs nothing and repeats nothing. */
function rerunLimits(facts: PermitFacts): readonly Reason[] {
  return [
    ...capOnAttempts(facts),
    ...vendorLimits(facts),
    ...dailyBudget(facts),
    ...backOff(facts),
    ...massFailure(facts),
    ...superseded(facts),
  ]
}

/** A person may overrule these; all others are final. */
const askable: readonly ReasonCode[] = ['side-effect', 'side-effect-unknown', 'mode-ask', 'mass-failure']

function verdictOf(reasons: readonly Reason[]): Verdict {
  if (reasons.length === 0) return { kind: 'granted' }
  return { kind: reasons.every((reason) => askable.includes(reason.code)) ? 'asked' : 'refused', reasons }
}

/** Also asked alone, right before the effect. */
export function stopSwitch({ stop }: Pick<PermitFacts, 'stop'>): readonly Reason[] {
  if (stop.kind === 'released') return []
  return because(stop.kind === 'engaged' ? 'stopped' : 'stop-unknown', stop.sentence)
}

function unsupported(facts: PermitFacts): readonly Reason[] {
  return facts.unsupported === null ? [] : because('unsupported', facts.unsupported)
}

function neverJobs({ jobs, never }: PermitFacts): readonly Reason[] {
  return jobs.flatMap((job) => {
    const glob = never.find((candidate) => matchesGlob(job, candidate))
    return glob === undefined ? [] : because('never-job', `The policy says never for "${glob}", which is job "${job}".`)
  })
}

function sideEffects({ sideEffects: found }: PermitFacts): readonly Reason[] {
  if (found.kind === 'none') return []
  const code = found.kind === 'some' ? 'side-effect' : 'side-effect-unknown'
  return found.why.map((sentence) => ({ code, sentence }))
}

function mode({ mode: found, remedy }: PermitFacts): readonly Reason[] {
  switch (found) {
    case 'observe':
      return because('mode-observe', `Here ${remedy} is only observed: what would be done is written down.`)
    case 'suggest':
      return because('mode-suggest', `Here ${remedy} is only suggested to people.`)
    case 'ask':
      return because('mode-ask', `Here ${remedy} waits for a person's yes.`)
    case 'auto':
      return []
    default:
      return found satisfies never
  }
}

function capOnAttempts({ attempts }: PermitFacts): readonly Reason[] {
  if (attempts.made < attempts.allowed) return []
  return because(
    'cap-attempts',
    `This run was rerun ${times(attempts.made)} for this failure already; ${attempts.allowed} are allowed.`,
  )
}

/** GitHub's own limits, the tightest of all vendors: 50 reruns of a run, for 30 days. */
export const vendorLimit = { reruns: 50, ageMs: 30 * 86_400_000 } as const

function vendorLimits({ vendor }: PermitFacts): readonly Reason[] {
  const reasons: Reason[] = []
  if (vendor.attempt > vendorLimit.reruns)
    reasons.push(...because('provider-limit', `The run is at attempt ${vendor.attempt}; no vendor allows more reruns.`))
  if (vendor.ageMs >= vendorLimit.ageMs)
    reasons.push(...because('provider-limit', 'The run is 30 days old; no vendor reruns it any more.'))
  return reasons
}

function dailyBudget({ spentToday, budget, cost }: PermitFacts): readonly Reason[] {
  const reasons: Reason[] = []
  if (spentToday.reruns + 1 > budget.reruns)
    reasons.push(
      ...because('budget-day', `${spentToday.reruns} of ${budget.reruns} reruns of this repository's day are spent.`),
    )
  if (spentToday.minutes + cost.minutes > budget.minutes)
    reasons.push(
      ...because(
        'budget-day',
        `${cost.minutes} min would exceed this repository's day: ${spentToday.minutes} of ${budget.minutes} min are spent.`,
      ),
    )
  return reasons
}

/** Two failures in a row may be chance; from then on the pause doubles, from a quarter of an hour up to a day. */
export function backOffMs(failuresInARow: number): number {
  if (failuresInARow < 2) return 0
  return Math.min(15 * 60_000 * 2 ** (failuresInARow - 2), 86_400_000)
}

function backOff({ remedy, failuresInARow, sinceLastFailureMs }: PermitFacts): readonly Reason[] {
  const leftMs = backOffMs(failuresInARow) - (sinceLastFailureMs ?? Number.POSITIVE_INFINITY)
  if (leftMs <= 0) return []
  return because(
    'backing-off',
    `${remedy} did not help against this failure in the last ${failuresInARow} runs; next try in ${sayDuration(leftMs)}.`,
  )
}

function massFailure({ mass }: PermitFacts): readonly Reason[] {
  return mass === null ? [] : because('mass-failure', mass)
}

function superseded(facts: PermitFacts): readonly Reason[] {
  return facts.superseded ? because('superseded', 'The branch points at another commit by now.') : []
}

function because(code: ReasonCode, sentence: string): readonly [Reason] {
  return [{ code, sentence }]
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

/** `*` stands for any text; everything else for itself, in any case. Matrix cells `build (1, 2)` match `build`. Linear. */
export function matchesGlob(job: string, glob: string): boolean {
  const bare = job.replace(/ \([^()]{0,500}\)$/, '')
  return [job, bare].some((name) => matches(name.toLowerCase(), glob.toLowerCase()))
}

function matches(name: string, glob: string): boolean {
  const parts = glob.split('*')
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return name === glob
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  let from = first.length
  const end = name.length - last.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, from)
    if (found === -1 || found + part.length > end) return false
    from = found + part.length
  }
  return true
}

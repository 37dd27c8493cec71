import type { Category } from '../../../model/diagnosis.ts'
import { areNear, mayBeNear, type Shape, shapeOf } from './near.ts'
import { type FamilyState, type Sighting, stateOf, trendOf } from './spread.ts'

/** One failure as it was diagnosed, somewhere, once. */
export interface SeenFailure extends Sighting {
  readonly id: string
  readonly category: Category
  readonly fingerprint: { readonly exact: string; readonly family: string; readonly version: number }
  /** What the failure says, masked: see `textOf`. Empty when it is not known; such families are joined with none. */
  readonly text: string
}

/** Failures that are one failure, over repositories and days. */
export interface FailureFamily {
  /** The fingerprint of the oldest family in it, so the name stays when newer ones join. */
  readonly family: string
  readonly category: Category
  readonly text: string
  /** Fingerprints of all families joined, the oldest first. */
  readonly families: readonly string[]
  readonly failures: readonly string[]
  readonly count: number
  readonly firstSeen: Date
  readonly lastSeen: Date
  readonly repositories: readonly string[]
  readonly branches: readonly string[]
  readonly state: FamilyState
  /** Failures of each of the last 14 days, the oldest first. */
  readonly trend: readonly number[]
}

/**
 * Failures of one family fingerprint belong together; families of one category whose texts are near duplicates are
 * joined to the oldest such family. The answer does not depend on the order of the failures: the oldest family comes
 * first, and of two as old the one with the smaller fingerprint. The families seen last come first.
 */
export function clusterFailures(failures: readonly SeenFailure[], now: Date): readonly FailureFamily[] {
  const leaders = new Map<Category, Named[][]>()
  for (const named of oldestFirst(failures)) {
    const groups = leaders.get(named.category) ?? []
    leaders.set(named.category, groups)
    const group = groups.find(([leader]) => leader !== undefined && isSame(leader, named))
    if (group === undefined) groups.push([named])
    else group.push(named)
  }
  return [...leaders.values()]
    .flat()
    .flatMap((group) => familyFrom(group, now))
    .sort((a, b) => b.lastSeen.getTime() - a.lastSeen.getTime() || (a.family < b.family ? -1 : 1))
}

/** In the order of time. */
type Seen = readonly [SeenFailure, ...SeenFailure[]]

interface Named {
  readonly family: string
  readonly version: number
  readonly category: Category
  readonly text: string
  readonly shape: Shape
  readonly seen: Seen
}

function oldestFirst(failures: readonly SeenFailure[]): readonly Named[] {
  const byName = Map.groupBy(failures, ({ fingerprint: { version, family } }) => `${version} ${family}`)
  return [...byName.values()]
    .flatMap((list) => inTime(list))
    .map((seen): Named => {
      const { category, fingerprint, text } = seen[0]
      return { family: fingerprint.family, version: fingerprint.version, category, text, shape: shapeOf(text), seen }
    })
    .sort((a, b) => a.seen[0].at.getTime() - b.seen[0].at.getTime() || (a.family < b.family ? -1 : 1))
}

/** The one list, in the order of time; none when it is empty. */
function inTime(failures: readonly SeenFailure[]): readonly Seen[] {
  const [first, ...rest] = failures.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
  return first === undefined ? [] : [[first, ...rest]]
}

/** Texts of two versions are masked in two ways, so only within one version does a small difference mean anything. */
function isSame(leader: Named, other: Named): boolean {
  if (leader.version !== other.version || leader.text === '' || other.text === '') return false
  const longest = Math.max(leader.text.length, other.text.length)
  return mayBeNear(leader.shape, other.shape, longest) && areNear(leader.text, other.text)
}

function familyFrom(group: readonly Named[], now: Date): readonly FailureFamily[] {
  const [leader] = group
  if (leader === undefined) return []
  return inTime(group.flatMap(({ seen }) => seen)).map((seen) => ({
    family: leader.family,
    category: leader.category,
    text: leader.text,
    families: group.map(({ family }) => family),
    failures: seen.map(({ id }) => id),
    count: seen.length,
    firstSeen: seen[0].at,
    lastSeen: (seen.at(-1) ?? seen[0]).at,
    repositories: [...new Set(seen.map(({ repository }) => repository))].sort(),
    branches: [...new Set(seen.flatMap(({ branch }) => branch ?? []))].sort(),
    state: stateOf(seen, now),
    trend: trendOf(seen, now),
  }))
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * - `spreading`: it goes around now. Within the last 24 hours either three repositories saw it inside 15 minutes, as in an
 *   outage, or three branches of one repository did, as when the main branch broke.
 * - `new`: first seen within the last 24 hours.
 * - `recurring`: known for longer.
 *
 * The first that holds is the state.
 */
export type FamilyState = 'new' | 'recurring' | 'spreading'

export interface Sighting {
  readonly repository: string
  readonly branch?: string | undefined
  readonly at: Date
}

const manyPlaces = 3
const outageMs = 15 * minuteMs

/** `sightings` in the order of time. */
export function stateOf(sightings: readonly Sighting[], now: Date): FamilyState {
  const since = now.getTime() - dayMs
  const today = sightings.filter(({ at }) => at.getTime() > since)
  if (reachesManyRepositories(today) || reachesManyBranches(today)) return 'spreading'
  const first = sightings[0]
  return first !== undefined && first.at.getTime() > since ? 'new' : 'recurring'
}

function reachesManyRepositories(sightings: readonly Sighting[]): boolean {
  let from = 0
  const inside = new Map<string, number>()
  for (const { repository, at } of sightings) {
    inside.set(repository, (inside.get(repository) ?? 0) + 1)
    for (let old = sightings[from]; old !== undefined && at.getTime() - old.at.getTime() > outageMs; ) {
      const left = (inside.get(old.repository) ?? 1) - 1
      if (left === 0) inside.delete(old.repository)
      else inside.set(old.repository, left)
      from += 1
      old = sightings[from]
    }
    if (inside.size >= manyPlaces) return true
  }
  return false
}

function reachesManyBranches(sightings: readonly Sighting[]): boolean {
  const branches = new Map<string, Set<string>>()
  for (const { repository, branch } of sightings) {
    if (branch === undefined) continue
    const seen = branches.get(repository) ?? new Set()
    branches.set(repository, seen.add(branch))
    if (seen.size >= manyPlaces) return true
  }
  return false
}

/** Sightings of each of the last `days` days, the oldest first; a day ends at `now`. */
export function trendOf(sightings: readonly Sighting[], now: Date, days = 14): readonly number[] {
  const counts = new Array<number>(days).fill(0)
  for (const { at } of sightings) {
    const day = days - 1 - Math.floor((now.getTime() - at.getTime()) / dayMs)
    if (day >= 0 && day < days) counts[day] = (counts[day] ?? 0) + 1
  }
  return counts
}

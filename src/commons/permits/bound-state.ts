import type { BoundState } from '../../model/permit.ts'

const fields: readonly Exclude<keyof BoundState, 'jobs'>[] = [
  'vendor',
  'connection',
  'repository',
  'runId',
  'attempt',
  'sha',
  'pipeline',
]

/** What differs between the state a permit is bound to and the state now, as sentences; empty if it still holds. */
export function stateChanges(bound: BoundState, now: BoundState): readonly string[] {
  const changed = fields
    .filter((field) => bound[field] !== now[field])
    .map((field) => `The ${field} was ${bound[field]} and is ${now[field]} now.`)
  const before = [...bound.jobs].sort()
  const after = [...now.jobs].sort()
  // Compared element by element: job names are foreign text and may hold any separator.
  if (before.length !== after.length || before.some((job, index) => job !== after[index]))
    changed.push(`The jobs were ${before.join(', ')} and are ${after.join(', ')} now.`)
  return changed
}

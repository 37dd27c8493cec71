import type { JobView } from '../../../src/contract/views.ts'

type Needing = Pick<JobView, 'id' | 'name' | 'key' | 'needs'>

/** A job's place in the graph: its column is the longest way to it, its row the order within the column. */
export interface Place<Job> {
  readonly job: Job
  readonly column: number
  readonly row: number
}

export interface Graph<Job> {
  readonly places: readonly Place<Job>[]
  readonly edges: readonly { readonly from: Place<Job>; readonly to: Place<Job> }[]
  readonly columns: number
  readonly rows: number
}

/** Lays jobs out by what they need. Needs that name nobody are left out; a circle is cut where it is entered. */
export function layOut<Job extends Needing>(jobs: readonly Job[]): Graph<Job> {
  const needed = new Map(jobs.map((job) => [job, jobs.filter((other) => other !== job && needs(job, other))]))
  const columns = new Map<Job, number>()
  const columnOf = (job: Job, path: ReadonlySet<Job>): number => {
    const known = columns.get(job)
    if (known !== undefined) return known
    const before = (needed.get(job) ?? []).filter((other) => !path.has(other))
    const column = Math.max(-1, ...before.map((other) => columnOf(other, new Set([...path, job])))) + 1
    columns.set(job, column)
    return column
  }
  const rows: number[] = []
  const places = jobs.map((job) => {
    const column = columnOf(job, new Set())
    const row = rows[column] ?? 0
    rows[column] = row + 1
    return { job, column, row }
  })
  const placeOf = new Map(places.map((place) => [place.job, place]))
  const edges = places.flatMap((to) =>
    (needed.get(to.job) ?? []).flatMap((job) => {
      const from = placeOf.get(job)
      return from && from.column < to.column ? [{ from, to }] : []
    }),
  )
  return { places, edges, columns: rows.length, rows: Math.max(0, ...rows) }
}

/** A need names a job's key, which the cells of a matrix share; where the vendor tells none, its name or id. */
function needs(job: Needing, other: Needing): boolean {
  return job.needs.some(
    (name) => name === other.key || name === other.id || name === other.name || other.name.startsWith(`${name} (`),
  )
}

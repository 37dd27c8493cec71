import type { Columns } from './columns.ts'

/**
 * Decision trees grown one after the other, each correcting those before it (gradient boosting on the logistic loss).
 * All trees lie in flat arrays: walking them is a few million steps a second and needs no objects.
 */
export interface Trees {
  /** Log-odds before any tree speaks. */
  readonly base: number
  /** Where each tree begins. */
  readonly roots: Int32Array
  /** Column that a node asks about; -1 for a leaf. */
  readonly column: Int16Array
  /** Goes left when the column's value is not greater. In a leaf, what it adds to the log-odds. */
  readonly threshold: Float32Array
  /** Left child; the right one lies behind it. */
  readonly left: Int32Array
}

/** The log-odds of one row, which begins at `from` in `values`. */
export function scoreOf(trees: Trees, values: Float32Array, from: number): number {
  const { column, threshold, left, roots } = trees
  let score = trees.base
  for (const root of roots) {
    let node = root
    for (let asked = column[node] ?? -1; asked >= 0; asked = column[node] ?? -1)
      node = (left[node] ?? 0) + ((values[from + asked] ?? 0) <= (threshold[node] ?? 0) ? 0 : 1)
    score += threshold[node] ?? 0
  }
  return score
}

/**
 * The log-odds of these rows. Tree after tree, so that one tree and the few columns it asks about stay at hand. A leaf
 * leads to itself: all rows take as many steps, and the processor need not guess where one ends.
 */
export function scoresOf(trees: Trees, { values, starts }: Columns, rows: Int32Array): Float64Array {
  const { column, threshold, left, roots } = trees
  const starting = column.map((asked) => Math.max(0, asked))
  const from = Int32Array.from(starting, (asked) => starts[asked] as number)
  const bar = threshold.map((each, node) => (column[node] === leaf ? Number.POSITIVE_INFINITY : each))
  const lower = left.map((child, node) => (column[node] === leaf ? node : child))
  const below = (node: number, row: number): number =>
    (lower[node] as number) + ((values[(from[node] as number) + row] as number) <= (bar[node] as number) ? 0 : 1)

  const scores = new Float64Array(rows.length).fill(trees.base)
  for (const root of roots)
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] as number
      // As deep as the trees that are shipped.
      let node = below(below(below(below(below(root, row), row), row), row), row)
      while (column[node] !== leaf) node = below(node, row)
      scores[at] = (scores[at] as number) + (threshold[node] as number)
    }
  return scores
}

const leaf = -1

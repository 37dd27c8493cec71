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

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

/** The log-odds of these rows. Tree after tree, so that one tree and the few columns it asks about stay at hand. */
export function scoresOf(trees: Trees, { values, starts }: Columns, rows: Int32Array): Float64Array {
  const { column, threshold, roots, base } = trees
  const { asked, bar, lower } = evenTrees(trees)
  const from = new Int32Array(asked.length)
  for (let node = 0; node < from.length; node += 1) from[node] = starts[asked[node] as number] as number
  const below = (node: number, row: number): number =>
    (lower[node] as number) + ((values[(from[node] as number) + row] as number) <= (bar[node] as number) ? 0 : 1)

  const scores = new Float64Array(rows.length).fill(base)
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

/** Trees in which a leaf leads to itself: all rows take as many steps, and the processor need not guess where one ends. */
interface EvenTrees {
  readonly asked: Int32Array
  readonly bar: Float32Array
  readonly lower: Int32Array
}

const even = new WeakMap<Trees, EvenTrees>()

function evenTrees(trees: Trees): EvenTrees {
  const known = even.get(trees)
  if (known !== undefined) return known
  const isLeaf = (node: number): boolean => trees.column[node] === leaf
  const made = {
    asked: Int32Array.from(trees.column, (asked) => Math.max(0, asked)),
    bar: trees.threshold.map((bar, node) => (isLeaf(node) ? Number.POSITIVE_INFINITY : bar)),
    lower: trees.left.map((child, node) => (isLeaf(node) ? node : child)),
  }
  even.set(trees, made)
  return made
}

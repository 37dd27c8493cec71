import { seeded } from '../learn/random.ts'
import type { Trees } from './trees.ts'

export interface Rows {
  readonly columns: number
  /** Row after row. */
  readonly values: Float32Array
  readonly labels: ArrayLike<number>
  readonly weights: ArrayLike<number>
}

export interface GrowOptions {
  readonly trees: number
  readonly depth: number
  readonly rate: number
  /** Held back against leaves that few rows speak for. */
  readonly l2: number
  readonly leastWeight: number
  /** Share of the columns that each tree may ask about. */
  readonly columnShare: number
  readonly rowShare: number
  readonly seed: number
}

const bins = 64
/** Fewer rows are not parted further. */
const fewest = 8

/** Grows trees on rows with labels 0 to 1. The same rows and seed give the same trees. */
export function growTrees(rows: Rows, options: GrowOptions): Trees {
  const { columns, labels, weights } = rows
  const count = labels.length
  const { binned, edges } = binRows(rows)
  const random = seeded(options.seed)
  const base = logOdds(labels, weights)
  const scores = new Float32Array(count).fill(base)
  const gradients = new Float32Array(count)
  const curvatures = new Float32Array(count)
  const out = { roots: [] as number[], column: [] as number[], threshold: [] as number[], left: [] as number[] }

  for (let tree = 0; tree < options.trees; tree += 1) {
    for (let row = 0; row < count; row += 1) {
      const p = 1 / (1 + Math.exp(-(scores[row] ?? 0)))
      const weight = weights[row] ?? 0
      gradients[row] = weight * ((labels[row] ?? 0) - p)
      curvatures[row] = weight * Math.max(1e-6, p * (1 - p))
    }
    const used: number[] = []
    for (let row = 0; row < count; row += 1) if (random() < options.rowShare) used.push(row)
    const asked: number[] = []
    for (let column = 0; column < columns; column += 1) if (random() < options.columnShare) asked.push(column)
    const root = out.column.length
    out.roots.push(root)
    growTree({ binned, edges, gradients, curvatures, count }, Int32Array.from(used), asked, options, out)
    for (let row = 0; row < count; row += 1)
      scores[row] = (scores[row] ?? 0) + leafOf(out, root, binned, count, edges, row)
  }
  return {
    base,
    roots: Int32Array.from(out.roots),
    column: Int16Array.from(out.column),
    threshold: Float32Array.from(out.threshold),
    left: Int32Array.from(out.left),
  }
}

interface Growing {
  readonly binned: Uint8Array
  readonly edges: readonly Float32Array[]
  readonly gradients: Float32Array
  readonly curvatures: Float32Array
  readonly count: number
}
interface Grown {
  readonly column: number[]
  readonly threshold: number[]
  readonly left: number[]
}

function leafOf(
  out: Grown,
  root: number,
  binned: Uint8Array,
  count: number,
  edges: readonly Float32Array[],
  row: number,
): number {
  let node = root
  for (let asked = out.column[node] ?? -1; asked >= 0; asked = out.column[node] ?? -1) {
    const bin = binned[asked * count + row] ?? 0
    const edge = out.threshold[node] ?? 0
    node = (out.left[node] ?? 0) + (bin === 0 || (edges[asked]?.[bin - 1] ?? 0) < edge ? 0 : 1)
  }
  return out.threshold[node] ?? 0
}

/** Of every asked column and bin the sum of gradients and, behind it, of curvatures. */
type Histogram = Float64Array

function growTree(
  growing: Growing,
  used: Int32Array,
  asked: readonly number[],
  options: GrowOptions,
  out: Grown,
): void {
  const { binned, edges, gradients, curvatures, count } = growing

  function histogramOf(rows: Int32Array): Histogram {
    const sums = new Float64Array(asked.length * bins * 2)
    for (const [index, column] of asked.entries()) {
      const from = column * count
      const at = index * bins
      for (let each = 0; each < rows.length; each += 1) {
        const row = rows[each] as number
        const bin = (at + (binned[from + row] as number)) << 1
        sums[bin] = (sums[bin] as number) + (gradients[row] as number)
        sums[bin + 1] = (sums[bin + 1] as number) + (curvatures[row] as number)
      }
    }
    return sums
  }
  function leaf(node: number, gradient: number, curvature: number): void {
    out.column[node] = -1
    out.threshold[node] = (options.rate * gradient) / (curvature + options.l2)
    out.left[node] = 0
  }
  function grow(node: number, rows: Int32Array, histogram: Histogram, depth: number): void {
    let totalGradient = 0
    let totalCurvature = 0
    for (let bin = 0; bin < bins; bin += 1) {
      totalGradient += histogram[bin * 2] ?? 0
      totalCurvature += histogram[bin * 2 + 1] ?? 0
    }
    const split =
      depth === 0 || rows.length < fewest
        ? undefined
        : bestSplit(histogram, asked.length, totalGradient, totalCurvature, options)
    if (split === undefined) {
      leaf(node, totalGradient, totalCurvature)
      return
    }
    const column = asked[split.index] ?? 0
    const left: number[] = []
    const right: number[] = []
    for (const row of rows) {
      if ((binned[column * count + row] ?? 0) <= split.bin) left.push(row)
      else right.push(row)
    }
    if (left.length === 0 || right.length === 0) {
      leaf(node, totalGradient, totalCurvature)
      return
    }
    out.column[node] = column
    out.threshold[node] = edges[column]?.[split.bin] ?? 0
    const child = out.column.length
    out.left[node] = child
    out.column.push(-1, -1)
    out.threshold.push(0, 0)
    out.left.push(0, 0)
    const smaller = left.length <= right.length ? left : right
    const small = histogramOf(Int32Array.from(smaller))
    const large = minus(histogram, small)
    const leftIsSmall = smaller === left
    grow(child, Int32Array.from(left), leftIsSmall ? small : large, depth - 1)
    grow(child + 1, Int32Array.from(right), leftIsSmall ? large : small, depth - 1)
  }
  const root = out.column.length
  out.column.push(-1)
  out.threshold.push(0)
  out.left.push(0)
  grow(root, used, histogramOf(used), options.depth)
}

function minus(all: Histogram, part: Histogram): Histogram {
  const rest = new Float64Array(all.length)
  for (let at = 0; at < rest.length; at += 1) rest[at] = (all[at] as number) - (part[at] as number)
  return rest
}

function bestSplit(
  histogram: Histogram,
  columns: number,
  totalGradient: number,
  totalCurvature: number,
  { l2, leastWeight }: GrowOptions,
): { readonly index: number; readonly bin: number } | undefined {
  const whole = (totalGradient * totalGradient) / (totalCurvature + l2)
  let best: { index: number; bin: number } | undefined
  let most = 1e-4
  for (let index = 0; index < columns; index += 1) {
    let g = 0
    let h = 0
    for (let bin = 0; bin < bins - 1; bin += 1) {
      g += histogram[(index * bins + bin) * 2] as number
      h += histogram[(index * bins + bin) * 2 + 1] as number
      const rest = totalCurvature - h
      if (h < leastWeight) continue
      if (rest < leastWeight) break
      const other = totalGradient - g
      const gain = (g * g) / (h + l2) + (other * other) / (rest + l2) - whole
      if (gain > most) {
        most = gain
        best = { index, bin }
      }
    }
  }
  return best
}

/** Values by the bin they fall in, column after column; `edges[bin]` is the greatest value of a bin. */
function binRows({ columns, values, labels }: Rows): {
  readonly binned: Uint8Array
  readonly edges: readonly Float32Array[]
} {
  const count = labels.length
  const binned = new Uint8Array(columns * count)
  const edges: Float32Array[] = []
  const step = Math.max(1, Math.floor(count / 20_000))
  for (let column = 0; column < columns; column += 1) {
    const sample: number[] = []
    for (let row = 0; row < count; row += step) sample.push(values[row * columns + column] ?? 0)
    const edge = edgesOf(Float32Array.from(sample).sort())
    edges.push(edge)
    for (let row = 0; row < count; row += 1)
      binned[column * count + row] = binOf(edge, values[row * columns + column] ?? 0)
  }
  return { binned, edges }
}

function edgesOf(sorted: Float32Array): Float32Array {
  const distinct: number[] = []
  for (const value of sorted) if (distinct.at(-1) !== value && distinct.length <= bins) distinct.push(value)
  if (distinct.length <= bins - 1) return Float32Array.from(distinct)
  const edges: number[] = []
  for (let bin = 1; bin < bins; bin += 1) {
    const value = sorted[Math.floor((bin / bins) * sorted.length)] ?? 0
    if (edges.at(-1) !== value) edges.push(value)
  }
  return Float32Array.from(edges)
}

/** The first bin whose edge is not less than the value. */
function binOf(edges: Float32Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function logOdds(labels: ArrayLike<number>, weights: ArrayLike<number>): number {
  let positive = 1e-6
  let all = 2e-6
  for (let row = 0; row < labels.length; row += 1) {
    positive += (labels[row] ?? 0) * (weights[row] ?? 0)
    all += weights[row] ?? 0
  }
  return Math.log(positive / (all - positive))
}

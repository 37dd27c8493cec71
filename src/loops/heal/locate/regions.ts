import type { Columns } from './columns.ts'
import { columnNames } from './features.ts'

/** What the trees say of every line, as log-odds: that it lies inside the failing part, begins it, ends it. */
export interface Said {
  readonly inside: Float32Array
  readonly start: Float32Array
  readonly end: Float32Array
}

/** Lines that may be the failing part, by their rows. Regions of one place are variants of each other. */
export interface Region {
  readonly from: number
  readonly to: number
  readonly score: number
  /** 0 for the variants in the best place, and so on. */
  readonly place: number
  readonly variant: number
}

const places = 10
const variants = 6
const longest = 60
const insideWeight = 0.5
const surest = 6
/** No failing part begins at a line of which the trees think so little. */
const leastStart = -7.5

interface Span {
  readonly from: number
  readonly to: number
  readonly score: number
}

/** The places where the failing part may be, the best first, each with a few ways to draw its borders. */
export function regionsOf(said: Said, numbers: Int32Array): readonly Region[] {
  return variantsOf(bestSpans(said, numbers).sort((a, b) => b.score - a.score))
}

/** From each line where the part may begin, the few ends that the trees think best of. */
function bestSpans({ inside, start, end }: Said, numbers: Int32Array): Span[] {
  const rows = inside.length
  const sums = runningSums(inside)
  const best: Span[] = []
  for (let from = 0; from < rows; from += 1) {
    if ((start[from] ?? 0) < leastStart && (inside[from] ?? 0) < 0) continue
    const ends: Span[] = []
    for (let to = from; to < rows && to < from + longest; to += 1) {
      // No region reaches over lines that were not kept.
      if ((numbers[to] as number) - (numbers[from] as number) !== to - from) break
      const score = (sums[to + 1] as number) - (sums[from] as number) + (start[from] as number) + (end[to] as number)
      if (ends.length < ways || score > (ends[ways - 1] as Span).score) keepBest(ends, { from, to, score })
    }
    best.push(...ends)
  }
  return best
}

/** What all lines before a row say of lying inside. No line is believed without bounds: one would outweigh all others. */
function runningSums(inside: Float32Array): Float64Array {
  const sums = new Float64Array(inside.length + 1)
  for (let row = 0; row < inside.length; row += 1)
    sums[row + 1] = (sums[row] ?? 0) + insideWeight * Math.max(-surest, Math.min(surest, inside[row] ?? 0))
  return sums
}

/** How many ends of each begin are worth comparing. */
const ways = 3

/** Best first; of equals the one that came first. */
function keepBest(spans: Span[], span: Span): void {
  const at = spans.findIndex(({ score }) => span.score > score)
  spans.splice(at === -1 ? spans.length : at, 0, span)
  if (spans.length > ways) spans.pop()
}

/** Spans, best first, as variants of the best span that they overlap. */
function variantsOf(spans: readonly Span[]): readonly Region[] {
  const found: Region[] = []
  const heads: Region[] = []
  const drawn: number[] = []
  for (const each of spans) {
    const place = heads.findIndex((head) => each.from <= head.to && each.to >= head.from)
    if (place === -1) {
      if (heads.length >= places) continue
      const head = { ...each, place: heads.length, variant: 0 }
      heads.push(head)
      drawn.push(1)
      found.push(head)
    } else {
      const variant = drawn[place] ?? 0
      if (variant >= variants) continue
      drawn[place] = variant + 1
      found.push({ ...each, place, variant })
    }
  }
  return found
}

const shown = ['cue', 'text', 'red', 'cause', 'hint', 'rare'] as const
const bounds = [
  'part',
  'to-exit',
  'after-exit',
  'in-failed',
  'to-end',
  'log-length',
  'paragraph',
  'cue-share-before',
  'since-mark',
  'to-mark',
  'like-start',
  'like-end',
  'begins-like',
  'ends-like',
] as const
const inner = [
  'like-inside',
  'seen-inside',
  'seen-outside',
  'unseen',
  'error-word',
  'frame',
  'warning',
  'fine',
] as const

export const regionColumns: readonly string[] = [
  'score',
  'behind',
  'place',
  'variant',
  'length',
  'mean',
  'most',
  'least',
  'begins',
  'ends',
  'before',
  'after',
  'rivals',
  'earliest',
  'latest',
  'lesson',
  'lesson-length',
  'unseen-given',
  ...shown.flatMap((name) => [`${name}:most`, `${name}:mean`, `${name}:first`, `${name}:before`, `${name}:after`]),
  ...bounds.flatMap((name) => [`${name}:first`, `${name}:last`]),
  ...inner.map((name) => `${name}:mean`),
  'blank:before',
  'blank:after',
  'blank:share',
]

const columnOf = new Map(columnNames.map((name, index) => [name, index]))

/** What a column says of a line; -1 beyond the first and the last. */
type ValueOf = (row: number, name: string) => number

/** A row of numbers for each region, in the order of `regionColumns`. */
export function regionFeatures(
  regions: readonly Region[],
  said: Said,
  { rows, values, starts }: Columns,
): Float32Array {
  const out = new Float32Array(regions.length * regionColumns.length)
  const value: ValueOf = (row, name) =>
    row < 0 || row >= rows ? -1 : (values[(starts[columnOf.get(name) ?? 0] ?? 0) + row] ?? 0)
  const heads = regions.filter(({ variant }) => variant === 0)
  const top = heads[0]?.score ?? 0
  const rivals = heads.filter(({ score }) => score > top - 4)
  let put = 0
  for (const region of regions) {
    const facts = [
      ...standing(region, top),
      ...oddsOf(region, said),
      ...among(rivals, region),
      ...besideTheLog(region, value),
      ...shown.flatMap((name) => inAndAround(region, name, value)),
      ...bounds.flatMap((name) => [value(region.from, name), value(region.to, name)]),
      ...inner.map((name) => meanOf(region, name, value)),
      value(region.from - 1, 'blank'),
      value(region.to + 1, 'blank'),
      meanOf(region, 'blank', value),
    ]
    for (const fact of facts) out[put++] = fact
  }
  return out
}

function standing({ from, to, score, place, variant }: Region, top: number): readonly number[] {
  return [score, score - top, place, variant, Math.log2(to - from + 1)]
}

function oddsOf({ from, to }: Region, { inside, start, end }: Said): readonly number[] {
  let sum = 0
  let most = -20
  let least = 20
  for (let row = from; row <= to; row += 1) {
    const odds = inside[row] ?? 0
    sum += odds
    most = Math.max(most, odds)
    least = Math.min(least, odds)
  }
  const mean = sum / (to - from + 1)
  return [mean, most, least, start[from] ?? 0, end[to] ?? 0, inside[from - 1] ?? -9, inside[to + 1] ?? -9]
}

function among(rivals: readonly Region[], { from, place }: Region): readonly number[] {
  return [
    rivals.length,
    rivals.every((rival) => rival.from >= from || rival.place === place) ? 1 : 0,
    rivals.every((rival) => rival.from <= from || rival.place === place) ? 1 : 0,
  ]
}

function besideTheLog({ from, to }: Region, value: ValueOf): readonly number[] {
  const length = value(from, 'lesson-length')
  return [
    value(from, 'lesson'),
    length < 0 ? -9 : length - Math.log2(1 + to - from + 1),
    value(from, 'unseen') < 0 ? 0 : 1,
  ]
}

function inAndAround(region: Region, name: string, value: ValueOf): readonly number[] {
  const { from, to } = region
  let most = -9
  for (let row = from; row <= to; row += 1) most = Math.max(most, value(row, name))
  return [most, meanOf(region, name, value), value(from, name), value(from - 1, name), value(to + 1, name)]
}

function meanOf({ from, to }: Region, name: string, value: ValueOf): number {
  const length = to - from + 1
  let mean = 0
  for (let row = from; row <= to; row += 1) mean += value(row, name) / length
  return mean
}

import { type Judged, probability } from './model.ts'
import type { Said } from './regions.ts'

/** Rows to show, best first. */
export interface Range {
  readonly from: number
  readonly to: number
  /** How likely it is that it touches the failing part. */
  readonly score: number
}

export const mostLines = 60
const mostRanges = 8
/** A second place is worth a look when it may hold the failing part this likely; a few lines of it show whether. */
const worthALook = 0.065
const worthALookWithExamples = 0.1
const lookAt = 1
const sure = 0.6
const unsure = 0.4

/**
 * The one range that promises most whole, and then the loudest lines of other places: where Mendline is sure that is
 * one range and no more, where it is not a person sees with a glance at few lines which place it is.
 */
export function rangesOf(
  judged: readonly Judged[],
  said: Said,
  { withExamples, cause }: { readonly withExamples: boolean; readonly cause: number },
): readonly Range[] {
  const first = judged.toSorted((a, b) => promise(b) - promise(a))[0]
  if (first === undefined) return []
  const ranges: Range[] = [{ from: first.from, to: first.to, score: first.touch }]
  let left = mostLines - (first.to - first.from + 1)
  const least = withExamples ? worthALookWithExamples : worthALook
  const others = judged.filter(({ place, variant }) => variant === 0 && place !== first.place)
  for (const other of others.toSorted((a, b) => b.touch - a.touch)) {
    if (other.touch < least || ranges.length >= mostRanges || left <= 0) break
    const range = loudest(other, said, Math.min(lookAt, left))
    if (ranges.some(({ from, to }) => range.from <= to && range.to >= from)) continue
    ranges.push({ ...range, score: Math.min(other.touch, ranges.at(-1)?.score ?? 1) })
    left -= range.to - range.from + 1
  }
  return first.touch >= sure || cause < 0 ? ranges : withCauseFirst(ranges, cause)
}

/** Where the trees are not sure, what a pattern calls a cause is looked at first. */
function withCauseFirst(ranges: readonly Range[], cause: number): readonly Range[] {
  const showing = ranges.find(({ from, to }) => from <= cause && cause <= to)
  const score = ranges[0]?.score ?? unsure
  if (showing !== undefined) return [{ ...showing, score }, ...ranges.filter((range) => range !== showing)]
  const room = ranges.reduce((left, { from, to }) => left - (to - from + 1), mostLines) > 0
  return room ? [{ from: cause, to: cause, score }, ...ranges] : ranges
}

/** The ranges' own look and the trees' word of them together. */
function promise({ score, match }: Judged): number {
  return score + Math.log(match / Math.max(1e-6, 1 - match))
}

/** The lines within a region that the trees are surest of. */
function loudest(
  { from, to }: Judged,
  { inside }: Said,
  count: number,
): { readonly from: number; readonly to: number } {
  if (to - from + 1 <= count) return { from, to }
  let best = from
  let most = Number.NEGATIVE_INFINITY
  for (let start = from; start + count - 1 <= to; start += 1) {
    let sum = start === from ? 1 : 0
    for (let row = start; row < start + count; row += 1) sum += inside[row] ?? 0
    if (sum > most) {
      most = sum
      best = start
    }
  }
  return { from: best, to: best + count - 1 }
}

const sureOdds = 0.5
const bridged = 2

/**
 * With a passing log at hand every line is judged for itself: what is new may stand in many places. Unless told which rows
 * are wanted, those that the trees are sure of.
 */
export function newRanges(
  { inside }: Said,
  numbers: Int32Array,
  wanted: (row: number) => boolean = (row) => (inside[row] ?? 0) > sureOdds,
): readonly Range[] {
  const runs: { from: number; to: number }[] = []
  for (let row = 0; row < inside.length; row += 1) {
    if (!wanted(row)) continue
    const last = runs.at(-1)
    const near = last !== undefined && row - last.to <= bridged + 1
    if (near && (numbers[row] ?? 0) - (numbers[last.to] ?? 0) === row - last.to) last.to = row
    else runs.push({ from: row, to: row })
  }
  let left = mostLines
  return runs
    .map(({ from, to }) => ({ from, to, odds: meanOf(inside, from, to) }))
    .sort((a, b) => b.odds - a.odds || a.from - b.from)
    .flatMap(({ from, to, odds }) => {
      const end = Math.min(to, from + left - 1)
      if (end < from) return []
      left -= end - from + 1
      return [{ from, to: end, score: probability(odds) }]
    })
}

function meanOf(values: Float32Array, from: number, to: number): number {
  let sum = 0
  for (let row = from; row <= to; row += 1) sum += values[row] ?? 0
  return sum / (to - from + 1)
}

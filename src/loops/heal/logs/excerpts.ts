import { plainText } from '../../../base/text.ts'
import type { Excerpt } from '../../../model/diagnosis.ts'
import { blockAround, type LineRange } from './block-around.ts'
import { lineReader } from './lines-of.ts'
import type { Ranked } from './rank.ts'
import type { LogReading } from './reading.ts'

const maxLines = 60
const maxExcerpts = 6
/** An excerpt this much weaker than the best one only distracts. */
const worthShowing = 0.6
const lineCut = 2_000

/** The lines that show the failure, best first, at most 60 in all. */
export function excerptsOf(reading: LogReading, ranked: readonly Ranked[]): readonly Excerpt[] {
  const lineAt = lineReader(reading)
  const best = ranked[0]?.score ?? 0
  const ranges: (LineRange & { score: number; why: string })[] = []
  let left = maxLines
  for (const { hit, pattern, score, why } of ranked) {
    if (score < 0.12 || score < best * worthShowing || ranges.length >= maxExcerpts || left <= 0) break
    if (pattern.role === 'result') continue
    const range = blockAround(hit.line, pattern, lineAt, reading.lines)
    const fresh = withoutShown(range, ranges)
    if (fresh === undefined) continue
    const end = Math.min(fresh.end, fresh.start + left - 1)
    // The line itself must not be lost to the cut.
    if (hit.line > end) continue
    left -= end - fresh.start + 1
    ranges.push({ start: fresh.start, end, score, why })
  }
  if (ranges.length === 0) ranges.push(...lastWords(reading, lineAt))
  return joined(ranges).map(({ start, end, score, why }) => ({
    start,
    end,
    score: Number(score.toFixed(3)),
    why,
    text: Array.from({ length: end - start + 1 }, (_, index) => plainText(lineAt(start + index) ?? '', lineCut)),
  }))
}

function withoutShown(range: LineRange, shown: readonly LineRange[]): LineRange | undefined {
  let { start, end } = range
  for (const other of shown) {
    if (other.start <= start && end <= other.end) return undefined
    if (other.start <= start && start <= other.end) start = other.end + 1
    if (other.start <= end && end <= other.end) end = other.start - 1
    if (start < other.start && other.end < end) end = other.start - 1
  }
  return start <= end ? { start, end } : undefined
}

/** Ranges that touch are one. The order by score stays. */
function joined<T extends LineRange & { score: number; why: string }>(ranges: readonly T[]): readonly T[] {
  const out: T[] = []
  for (const range of ranges) {
    const near = out.findIndex((other) => range.start === other.end + 1 || range.end === other.start - 1)
    const other = out[near]
    if (other === undefined) out.push(range)
    else out[near] = { ...other, start: Math.min(other.start, range.start), end: Math.max(other.end, range.end) }
  }
  return out
}

const wordsKept = 12

/** Nothing known stands in the log: the last lines before its end are the best guess. */
function lastWords(
  reading: LogReading,
  lineAt: (line: number) => string | undefined,
): readonly (LineRange & { score: number; why: string })[] {
  let end = reading.lines
  while (end > 1 && (lineAt(end) ?? '').trim() === '') end -= 1
  if (end < 1) return []
  return [{ start: Math.max(1, end - wordsKept + 1), end, score: 0.1, why: 'the last lines of the log' }]
}

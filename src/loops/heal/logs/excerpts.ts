import { plainText } from '../../../base/text.ts'
import type { Excerpt } from '../../../model/diagnosis.ts'
import { blockAround, type LineRange } from './block-around.ts'
import { lineReader } from './lines-of.ts'
import { exitLine, failedSection, type Ranked } from './rank.ts'
import type { LogReading } from './reading.ts'

interface Shown extends LineRange {
  readonly score: number
  readonly why: string
}

const maxLines = 60
const maxExcerpts = 6
/** An excerpt this much weaker than the best one only distracts. */
const worthShowing = 0.6
const lineCut = 2_000

/** The lines that show the failure, best first, at most 60 in all. */
export function excerptsOf(reading: LogReading, ranked: readonly Ranked[]): readonly Excerpt[] {
  const lineAt = lineReader(reading)
  const best = ranked[0]?.score ?? 0
  const ranges: Shown[] = []
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
  // Weak words somewhere are worth less than what the command said last.
  if (best < certain) {
    const words = lastWords(reading, ranked, lineAt)
    const far = words !== undefined && !ranges.some(({ end }) => Math.abs(words.end - end) < nearExit)
    if (words !== undefined && far) ranges.unshift(words)
  }
  return joined(bounded(ranges)).map(({ start, end, score, why }) => ({
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
function joined(ranges: readonly Shown[]): readonly Shown[] {
  const out: Shown[] = []
  for (const range of ranges) {
    const near = out.findIndex((other) => range.start === other.end + 1 || range.end === other.start - 1)
    const other = out[near]
    if (other === undefined) out.push(range)
    else out[near] = { ...other, start: Math.min(other.start, range.start), end: Math.max(other.end, range.end) }
  }
  return out
}

const certain = 0.4
const nearExit = 30
const wordsKept = 12

/** What the command that failed said last: the best guess where no pattern knows better. */
function lastWords(
  reading: LogReading,
  ranked: readonly Ranked[],
  lineAt: (line: number) => string | undefined,
): Shown | undefined {
  const exit = exitLine(ranked, reading.sections)
  const section = failedSection(reading.sections, exit)
  let end = exit === undefined ? reading.lines : exit - 1
  const first = Math.max(1, end - wordsKept + 1, (section?.start ?? 0) + 1)
  while (end > first && (lineAt(end) ?? '').trim() === '') end -= 1
  if (end < 1 || first > end) return undefined
  let start = end
  while (start > first && (lineAt(start - 1) ?? '').trim() !== '') start -= 1
  return { start, end, score: 0.3, why: 'the last words before the command failed' }
}

function bounded(ranges: readonly Shown[]): readonly Shown[] {
  let left = maxLines
  return ranges.flatMap((range) => {
    const end = Math.min(range.end, range.start + left - 1)
    if (end < range.start) return []
    left -= end - range.start + 1
    return [{ ...range, end }]
  })
}

import type { Known } from './features.ts'
import { causeRow, type LogLines } from './log-lines.ts'
import { judge, type RegionScorer, type Weighed } from './model.ts'
import { mostLines, newRanges, type Range, rangesOf } from './ranges.ts'
import { aboutUnseen, unseenIn } from './unseen.ts'

/** Which ranges are shown of a log whose lines are weighed, the best first. */
export function chosenRanges(
  lines: LogLines,
  weighed: Weighed,
  regions: RegionScorer,
  { passed, lesson }: Known,
): readonly Range[] {
  const beside = lesson === undefined ? passed : undefined
  const fresh = beside === undefined ? [] : newRanges(weighed.said, lines.numbers)
  const found =
    fresh.length > 0
      ? fresh
      : rangesOf(judge(regions, weighed), weighed.said, { withExamples: lesson !== undefined, cause: causeRow(lines) })
  const about = beside === undefined ? found : aboutUnseen(found, unseenIn(lines, beside), weighed.said, lines.numbers)
  return withLastWords(about, lines)
}

const wordsBefore = 3

/** That a command failed is nothing new: where only this is shown, what was said before it is shown too. */
function withLastWords(ranges: readonly Range[], { signs, numbers }: LogLines): readonly Range[] {
  const [first, ...others] = ranges
  if (first === undefined || first.from !== first.to || (signs[first.from]?.exit ?? 0) === 0) return ranges
  const from = Math.max(0, first.from - wordsBefore)
  const whole = (numbers[first.from] ?? 0) - (numbers[from] ?? 0) === first.from - from
  const room = ranges.reduce((left, range) => left - (range.to - range.from + 1), mostLines) >= wordsBefore
  if (!whole || !room) return ranges
  return [{ ...first, from }, ...others.filter((other) => other.to < from || other.from > first.to)]
}

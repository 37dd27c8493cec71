import { plainText } from '../../../base/text.ts'
import type { Excerpt } from '../../../model/diagnosis.ts'
import type { LineRange } from '../logs/line-range.ts'
import { lineReader } from '../logs/lines-of.ts'
import type { Hit, LogReading } from '../logs/reading.ts'
import { chosenRanges } from './chosen.ts'
import { type LabelledLog, lessonOf, markedLines } from './examples.ts'
import { lineModel } from './line-model.ts'
import { type LogLines, logLines } from './log-lines.ts'
import { type LineModel, weigh } from './model.ts'
import { plainLines } from './plain-lines.ts'
import { unseenIn } from './unseen.ts'
import { whyOf } from './why.ts'

export interface Beside {
  /** A log of the same job that passed. */
  readonly passed?: LogReading | undefined
  /** Earlier failed logs of the same repository with the failing part marked. */
  readonly examples?: readonly LabelledLog[] | undefined
  /** The one that came with Mendline when absent. */
  readonly model?: LineModel | undefined
}

const lineCut = 2_000
const mostExamples = 5
const likeAnEarlierLine = 0.5

/** The failing part of a log: the ranges of lines that show it, the best first, at most 60 lines in all. */
export function locate(
  reading: LogReading,
  { passed, examples = [], model = lineModel() }: Beside = {},
): readonly Excerpt[] {
  if (reading.errorLines.length > 0) return listed(reading)
  const lines = logLines(reading, { whole: passed !== undefined || examples.length > 0 })
  const lesson = lessonOf(examples.slice(-mostExamples).map(markedLines))
  const green = passed === undefined ? undefined : plainLines(passed)
  const unseen = green === undefined ? undefined : unseenIn(lines, green)
  const weighed = weigh(model.lines, lines, { lesson, passed: green })
  const ranges = chosenRanges(lines, weighed, model.regions, { lesson, passed: green })
  const likeEarlier = alike(lines, lesson?.starts ?? [])
  return ranges.map(({ from, to, score }) => {
    const range = { start: lines.numbers[from] ?? 1, end: lines.numbers[to] ?? 1 }
    const why = whyOf(range, unseen === undefined ? reading : { hits: newHitsIn(from, to) }, {
      likeEarlier: likeEarlier(from),
      isNew: unseen?.(from) === true,
      exit: lines.exit,
    })
    return shown(reading, range, score, why)
  })

  /** A line that stands in the passing log, too, is no reason to show a range. */
  function newHitsIn(from: number, to: number): readonly Hit[] {
    const known = new Set<number>()
    for (let row = from; row <= to; row += 1) if (unseen?.(row) === false) known.add(lines.numbers[row] ?? 0)
    return reading.hits.filter(({ line }) => !known.has(line))
  }
}

function alike(lines: LogLines, starts: readonly ReadonlySet<number>[]): (row: number) => boolean {
  return (row) => {
    const words = lines.words[row] ?? new Int32Array()
    return starts.some((start) => {
      const shared = words.filter((word) => start.has(word)).length
      return shared / Math.max(1, words.length + start.size - shared) >= likeAnEarlierLine
    })
  }
}

/** Where the vendor's own viewer has a rule for what it shows as errors, people expect exactly those lines. */
function listed(reading: LogReading): readonly Excerpt[] {
  const ranges: LineRange[] = []
  for (const { line } of reading.errorLines) {
    const last = ranges.at(-1)
    if (last !== undefined && last.end + 1 === line) ranges[ranges.length - 1] = { start: last.start, end: line }
    else ranges.push({ start: line, end: line })
  }
  return ranges.map((range) => shown(reading, range, 0.9, 'Mozilla’s log viewer lists it as an error'))
}

function shown(reading: LogReading, { start, end }: LineRange, score: number, why: string): Excerpt {
  const lineAt = lineReader(reading)
  const text = Array.from({ length: end - start + 1 }, (_, index) => plainText(lineAt(start + index) ?? '', lineCut))
  return { start, end, score: Number(score.toFixed(3)), why, text }
}

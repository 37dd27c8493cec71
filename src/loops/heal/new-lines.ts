import type { Excerpt } from '../../model/diagnosis.ts'
import { plainLines } from './locate/plain-lines.ts'
import { templateOf } from './locate/templates.ts'
import type { LineRange } from './logs/line-range.ts'
import { lineReader } from './logs/lines-of.ts'
import type { LogReading } from './logs/reading.ts'

/** Which of the lines that are shown the passing log does not have, in words: the reason why they are shown. */
export function sayNewLines(
  reading: LogReading,
  excerpts: readonly Excerpt[],
  { passed, passedIn = 'the passing log' }: Compared,
): readonly string[] {
  if (passed === undefined || excerpts.length === 0) return []
  const ranges = newRanges(reading, excerpts, passed)
  const [first, ...others] = ranges
  if (first === undefined) return [`${passedIn} has lines like those that are shown, too`]
  const one = others.length === 0 && first.start === first.end
  const lines = ranges.slice(0, mostRanges).map(({ start, end }) => (start === end ? `${start}` : `${start}–${end}`))
  const more = ranges.length > mostRanges ? ' and others' : ''
  return [
    `${one ? 'line' : 'lines'} ${lines.join(', ')}${more} ${one ? 'is' : 'are'} new: ${passedIn} has none like ${one ? 'it' : 'them'}`,
  ]
}

export interface Compared {
  readonly passed?: LogReading | undefined
  readonly passedIn?: string | undefined
}

const mostRanges = 3

function newRanges(reading: LogReading, excerpts: readonly Excerpt[], passed: LogReading): readonly LineRange[] {
  const known = new Set(plainLines(passed).templates)
  const lineAt = lineReader(reading)
  const ranges: LineRange[] = []
  for (const { start, end } of excerpts)
    for (let line = start; line <= end; line += 1) {
      const text = lineAt(line) ?? ''
      if (text.trim() === '' || known.has(templateOf(text))) continue
      const last = ranges.at(-1)
      if (last !== undefined && last.end + 1 === line) ranges[ranges.length - 1] = { start: last.start, end: line }
      else ranges.push({ start: line, end: line })
    }
  return ranges
}

import type { Excerpt } from '../../model/diagnosis.ts'
import { plainLines } from './locate/plain-lines.ts'
import { templateOf } from './locate/templates.ts'
import type { LineRange } from './logs/line-range.ts'
import { lineReader } from './logs/lines-of.ts'
import type { LogReading } from './logs/reading.ts'
import { patternById } from './patterns/library.ts'

/**
 * Does the passing log tell anything of this failure? Where the log says nothing but what it says when it passes, and that a
 * command failed, what broke must be one of the old lines: then it is better read alone.
 */
export function saysNews(reading: LogReading, passed: LogReading): boolean {
  const exits = new Set(
    reading.hits.filter(({ pattern }) => patternById(pattern)?.role === 'exit').map(({ line }) => line),
  )
  const known = new Set(plainLines(passed).templates)
  const { numbers, texts, templates } = plainLines(reading)
  return texts.some(
    (text, row) => text.trim() !== '' && !known.has(templates[row] ?? 0) && !exits.has(numbers[row] ?? 0),
  )
}

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

import type { LogReading } from '../logs/reading.ts'
import { templateOf } from './templates.ts'

/** Lines of a log with what tells whether two are of one making. Positions count them from 0. */
export interface PlainLines {
  /** Line number of each. Where some were not kept the numbers jump. */
  readonly numbers: Int32Array
  readonly texts: readonly string[]
  readonly templates: Uint32Array
  /** The first line of the same template. */
  readonly firsts: Int32Array
  readonly total: number
}

const read = new WeakMap<LogReading, PlainLines>()

/** All lines that were kept. The same log is an example of many: its lines are made once. */
export function plainLines(reading: LogReading): PlainLines {
  const known = read.get(reading)
  if (known !== undefined) return known
  const lines = plainLinesOf(reading, () => true)
  read.set(reading, lines)
  return lines
}

export function plainLinesOf({ kept, lines: total }: LogReading, wanted: (line: number) => boolean): PlainLines {
  const numbers: number[] = []
  const texts: string[] = []
  for (const { start, text } of kept)
    for (const [index, line] of text.entries())
      if (wanted(start + index)) {
        numbers.push(start + index)
        texts.push(line)
      }
  const templates = Uint32Array.from(texts, templateOf)
  return { numbers: Int32Array.from(numbers), texts, templates, firsts: firstsOf(templates), total }
}

function firstsOf(templates: Uint32Array): Int32Array {
  const known = new Map<number, number>()
  return Int32Array.from(templates, (template, row) => {
    const first = known.get(template)
    if (first === undefined) known.set(template, row)
    return first ?? row
  })
}

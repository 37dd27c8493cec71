import type { LineRange } from '../logs/line-range.ts'
import { exitLine, failedSection, rank } from '../logs/rank.ts'
import type { LogReading, Section } from '../logs/reading.ts'
import { shortLog, tellingLines } from '../logs/telling-lines.ts'
import { patternById } from '../patterns/library.ts'
import { type Looks, looksOf } from './looks.ts'
import { type PlainLines, plainLines, plainLinesOf } from './plain-lines.ts'
import { wordsOf } from './words.ts'

/** What the patterns say of a line: the greatest weight of each role. */
export interface Signs {
  readonly cause: number
  readonly hint: number
  readonly exit: number
  readonly result: number
  readonly mark: number
  /** A pattern whose block goes on below it. */
  readonly span: number
}

/** The lines of a log that can be looked at, with all that is known of each. */
export interface LogLines extends PlainLines {
  readonly looks: readonly Looks[]
  readonly signs: readonly Signs[]
  readonly words: readonly Int32Array[]
  readonly red: Uint8Array
  readonly sections: readonly Section[]
  readonly exit: number | undefined
  readonly failed: Section | undefined
  /** Line of the pattern that names a cause most surely. */
  readonly cause: number | undefined
}

/** Patterns that are less sure only hint. */
const sureCause = 0.5

const none: Signs = { cause: 0, hint: 0, exit: 0, result: 0, mark: 0, span: 0 }

/** `whole`: what is new against another log, or like a line of an earlier one, may stand where no pattern hits. */
export function logLines(reading: LogReading, { whole = false }: { readonly whole?: boolean } = {}): LogLines {
  const ranked = rank(reading.hits, reading)
  const exit = exitLine(ranked, reading.sections)
  const lines =
    whole || reading.lines <= shortLog
      ? plainLines(reading)
      : plainLinesOf(reading, isIn(tellingLines({ ...reading, exit }), reading.lines))
  const signs = signsOf(reading)
  const marked = new Set(reading.hits.filter(({ marker }) => marker === 'error').map(({ line }) => line))
  return {
    ...lines,
    looks: oncePer(lines, looksOf),
    signs: Array.from(lines.numbers, (line) => signs.get(line) ?? none),
    words: oncePer(lines, wordsOf),
    red: Uint8Array.from(lines.numbers, (line) => (reading.red?.has(line) === true || marked.has(line) ? 1 : 0)),
    sections: reading.sections,
    exit,
    failed: failedSection(reading.sections, exit),
    cause: ranked.find(({ pattern, score }) => pattern.role === 'cause' && score >= sureCause)?.hit.line,
  }
}

function isIn(ranges: readonly LineRange[], lines: number): (line: number) => boolean {
  const inside = new Uint8Array(lines + 1)
  for (const { start, end } of ranges) inside.fill(1, start, end + 1)
  return (line) => inside[line] === 1
}

/** Lines of one template look the same: each is looked at once. */
function oncePer<T>({ firsts, texts }: PlainLines, look: (text: string) => T): readonly T[] {
  const looked: T[] = []
  for (const [row, text] of texts.entries()) {
    const first = firsts[row] ?? row
    looked.push(first === row ? look(text) : (looked[first] as T))
  }
  return looked
}

function signsOf(reading: LogReading): ReadonlyMap<number, Signs> {
  const signs = new Map<number, { -readonly [Role in keyof Signs]: number }>()
  const add = (line: number, id: string): void => {
    const sign = signs.get(line) ?? { ...none }
    signs.set(line, sign)
    const pattern = patternById(id)
    if (pattern === undefined) sign.mark = id === 'structure' ? 1 : sign.mark
    else if (pattern.role !== 'noise') {
      sign[pattern.role] = Math.max(sign[pattern.role], pattern.weight, 0.01)
      if (pattern.span !== undefined) sign.span = 1
    }
  }
  for (const [line, ids] of reading.matched ?? []) for (const id of ids) add(line, id)
  for (const { line, pattern } of reading.hits) add(line, pattern)
  return signs
}

/** The row of the line that names a cause most surely; -1 when there is none. */
export function causeRow({ cause, numbers }: LogLines): number {
  return cause === undefined ? -1 : numbers.indexOf(cause)
}

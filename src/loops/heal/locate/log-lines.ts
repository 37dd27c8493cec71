import { exitLine, failedSection, rank } from '../logs/rank.ts'
import type { LogReading, Section } from '../logs/reading.ts'
import { patternById } from '../patterns/library.ts'
import { type Looks, looksOf } from './looks.ts'
import { templateOf } from './templates.ts'
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

/** The lines of a log that can be looked at, with all that is known of each. Positions count them from 0. */
export interface LogLines {
  /** Line number of each. Where some were not kept the numbers jump. */
  readonly numbers: Int32Array
  readonly texts: readonly string[]
  readonly looks: readonly Looks[]
  readonly signs: readonly Signs[]
  readonly words: readonly Int32Array[]
  readonly templates: Uint32Array
  readonly red: Uint8Array
  readonly total: number
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
  const worth = whole ? () => true : worthALook(reading, exit)
  const lines: number[] = []
  const texts: string[] = []
  for (const { start, text } of reading.kept)
    for (const [index, line] of text.entries())
      if (worth(start + index)) {
        lines.push(start + index)
        texts.push(line)
      }
  const numbers = Int32Array.from(lines)
  const signs = signsOf(reading)
  const marked = new Set(reading.hits.filter(({ marker }) => marker === 'error').map(({ line }) => line))
  const templates = Uint32Array.from(texts, templateOf)
  return {
    numbers,
    texts,
    looks: oncePer(templates, texts, looksOf),
    signs: Array.from(numbers, (line) => signs.get(line) ?? none),
    words: oncePer(templates, texts, wordsOf),
    templates,
    red: Uint8Array.from(numbers, (line) => (reading.red?.has(line) === true || marked.has(line) ? 1 : 0)),
    total: reading.lines,
    sections: reading.sections,
    exit,
    failed: failedSection(reading.sections, exit),
    cause: ranked.find(({ pattern, score }) => pattern.role === 'cause' && score >= sureCause)?.hit.line,
  }
}

/** In logs up to this long every line is looked at. */
const shortLog = 1_500
const aroundHit = 40
const aroundRed = 10
const beforeExit = 300

/** In a long log a failure stands near something that a pattern or a colour marks, or near the end of what failed. */
function worthALook(reading: LogReading, exit: number | undefined): (line: number) => boolean {
  if (reading.lines <= shortLog) return () => true
  const look = new Uint8Array(reading.lines + 1)
  const around = (line: number, before: number, after: number): void => {
    look.fill(1, Math.max(0, line - before), Math.min(reading.lines, line + after) + 1)
  }
  for (const { line } of reading.hits) around(line, aroundHit, aroundHit)
  for (const line of reading.red ?? []) around(line, aroundRed, aroundRed)
  around(exit ?? reading.lines, beforeExit, aroundHit)
  around(reading.lines, beforeExit, 0)
  return (line) => look[line] === 1
}

/** Lines of one template look the same: each is looked at once. */
function oncePer<T>(templates: Uint32Array, texts: readonly string[], look: (text: string) => T): readonly T[] {
  const known = new Map<number, T>()
  return texts.map((text, row) => {
    const template = templates[row] ?? 0
    const made = known.get(template) ?? look(text)
    known.set(template, made)
    return made
  })
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

import type { Category } from '../../../model/diagnosis.ts'
import type { LogReading } from '../logs/reading.ts'
import type { Column, Space } from './columns.ts'
import { createLikeness } from './likeness.ts'
import type { LogLines } from './log-lines.ts'
import { type PlainLines, plainLines } from './plain-lines.ts'
import { wordsOf } from './words.ts'

/** An earlier failing log of the same repository in which somebody marked the failing part. */
export interface LabelledLog {
  readonly reading: LogReading
  readonly spans: readonly { readonly start: number; readonly end: number }[]
  readonly category?: Category | undefined
}

/** The words of a line, hashed. */
type Words = ReadonlySet<number>

/** What earlier labelled logs teach about the next: how the failing part begins, goes on and ends. */
export interface Lesson {
  readonly starts: readonly Words[]
  readonly ends: readonly Words[]
  readonly before: readonly Words[]
  readonly after: readonly Words[]
  readonly inside: readonly Words[]
  readonly insideTemplates: ReadonlySet<number>
  readonly outsideTemplates: ReadonlySet<number>
  readonly length: number
  /** How far from the end of the log the part began, the middle of all. */
  readonly toEnd: number
}

export interface MarkedLines {
  readonly lines: PlainLines
  readonly spans: LabelledLog['spans']
}

export function markedLines({ reading, spans }: LabelledLog): MarkedLines {
  return { lines: plainLines(reading), spans }
}

const mostInside = 60

export function lessonOf(examples: readonly MarkedLines[]): Lesson | undefined {
  const parts = examples.flatMap(partsOf)
  if (parts.length === 0) return undefined
  const inside = new Map(parts.flatMap((part) => part.inside))
  return {
    starts: parts.map(({ start }) => start),
    ends: parts.map(({ end }) => end),
    before: parts.map(({ before }) => before),
    after: parts.map(({ after }) => after),
    inside: [...inside.values()],
    insideTemplates: new Set(inside.keys()),
    outsideTemplates: new Set(examples.flatMap(templatesOutside)),
    length: middle(parts.map(({ length }) => length)),
    toEnd: middle(parts.map(({ toEnd }) => toEnd)),
  }
}

/** A part that somebody marked: the words of the lines at its borders, and of those inside by their templates. */
interface MarkedPart {
  readonly start: Words
  readonly end: Words
  readonly before: Words
  readonly after: Words
  readonly inside: readonly (readonly [template: number, words: Words])[]
  readonly length: number
  readonly toEnd: number
}

function partsOf({ lines, spans }: MarkedLines): readonly MarkedPart[] {
  const rowOf = new Map(Array.from(lines.numbers, (line, row) => [line, row]))
  const wordsAt = (line: number): Words => {
    const first = lines.firsts[rowOf.get(line) ?? -1]
    return new Set(first === undefined ? [] : wordsOf(lines.texts[first] ?? ''))
  }
  const inside = (from: number, to: number): MarkedPart['inside'] => {
    const found: (readonly [number, Words])[] = []
    for (let line = from; line <= to; line += 1) {
      const row = rowOf.get(line)
      if (row !== undefined) found.push([lines.templates[row] ?? 0, wordsAt(line)])
    }
    return found
  }
  return spans.map(({ start, end }) => ({
    start: wordsAt(start),
    end: wordsAt(end),
    before: wordsAt(start - 1),
    after: wordsAt(end + 1),
    inside: inside(start, Math.min(end, start + mostInside - 1)),
    length: end - start + 1,
    toEnd: lines.total - start,
  }))
}

function templatesOutside({ lines, spans }: MarkedLines): readonly number[] {
  const isOutside = (line: number): boolean => !spans.some(({ start, end }) => line >= start && line <= end)
  return [...lines.templates].filter((_, row) => isOutside(lines.numbers[row] ?? 0))
}

export const lessonColumns = [
  'lesson',
  'like-start',
  'like-end',
  'like-inside',
  'before-like',
  'after-like',
  'begins-like',
  'ends-like',
  'seen-inside',
  'seen-outside',
  'lesson-length',
  'lesson-place',
] as const

/** For every line the columns named above. */
export function lessonFeatures(lines: LogLines, lesson: Lesson, space: Space): readonly Column[] {
  const columns = lessonColumns.map(() => space.column())
  const of = likenesses(lines, lesson)
  const edge = [0, 0, 0, 0, 0]
  for (let row = 0; row < lines.texts.length; row += 1) {
    const [start = 0, end = 0, inside = 0] = of[row] ?? edge
    const before = (of[row - 1] ?? edge)[3] ?? 0
    const after = (of[row + 1] ?? edge)[4] ?? 0
    const template = lines.templates[row] ?? 0
    const values = [
      1,
      start,
      end,
      inside,
      before,
      after,
      start + before,
      end + after,
      lesson.insideTemplates.has(template) ? 1 : 0,
      lesson.outsideTemplates.has(template) ? 1 : 0,
      Math.log2(1 + lesson.length),
      Math.log2(1 + lines.total - (lines.numbers[row] ?? 0)) - Math.log2(1 + lesson.toEnd),
    ]
    for (let at = 0; at < values.length; at += 1) {
      const target = columns[at]?.values
      if (target !== undefined) target[row] = values[at] ?? 0
    }
  }
  return columns
}

/** How like each line is to what began, ended, lay inside, stood before and behind the parts that were marked. */
function likenesses(
  { firsts, words }: LogLines,
  { starts, ends, inside, before, after }: Lesson,
): readonly (readonly number[])[] {
  const likest = [starts, ends, inside, before, after].map(createLikeness)
  const found: (readonly number[])[] = []
  for (const [row, first] of firsts.entries()) {
    const own = words[row] ?? new Int32Array()
    found.push(found[first] ?? likest.map((like) => like(own)))
  }
  return found
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

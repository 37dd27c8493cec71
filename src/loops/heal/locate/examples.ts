import type { Category } from '../../../model/diagnosis.ts'
import type { LogReading } from '../logs/reading.ts'
import { type LogLines, logLines } from './log-lines.ts'

/** An earlier failing log of the same repository in which somebody marked the failing part. */
export interface LabelledLog {
  readonly reading: LogReading
  readonly spans: readonly { readonly start: number; readonly end: number }[]
  readonly category?: Category | undefined
}

/** What earlier labelled logs teach about the next: how the failing part begins, goes on and ends. */
export interface Lesson {
  readonly starts: readonly ReadonlySet<number>[]
  readonly ends: readonly ReadonlySet<number>[]
  readonly before: readonly ReadonlySet<number>[]
  readonly after: readonly ReadonlySet<number>[]
  readonly inside: readonly ReadonlySet<number>[]
  readonly insideTemplates: ReadonlySet<number>
  readonly outsideTemplates: ReadonlySet<number>
  readonly length: number
  /** How far from the end of the log the part began, the middle of all. */
  readonly toEnd: number
}

export interface MarkedLines {
  readonly lines: LogLines
  readonly spans: LabelledLog['spans']
}

export function markedLines({ reading, spans }: LabelledLog): MarkedLines {
  return { lines: logLines(reading, { whole: true }), spans }
}

const mostInside = 60

export function lessonOf(examples: readonly MarkedLines[]): Lesson | undefined {
  const starts: ReadonlySet<number>[] = []
  const ends: ReadonlySet<number>[] = []
  const before: ReadonlySet<number>[] = []
  const after: ReadonlySet<number>[] = []
  const inside = new Map<number, ReadonlySet<number>>()
  const outsideTemplates = new Set<number>()
  const lengths: number[] = []
  const toEnds: number[] = []
  for (const { lines, spans } of examples) {
    const rowOf = new Map(Array.from(lines.numbers, (line, row) => [line, row]))
    const wordsAt = (line: number): ReadonlySet<number> => new Set(lines.words[rowOf.get(line) ?? -1] ?? [])
    for (const { start, end } of spans) {
      starts.push(wordsAt(start))
      ends.push(wordsAt(end))
      before.push(wordsAt(start - 1))
      after.push(wordsAt(end + 1))
      lengths.push(end - start + 1)
      toEnds.push(lines.total - start)
      for (let line = start; line <= end && line < start + mostInside; line += 1) {
        const row = rowOf.get(line)
        if (row !== undefined) inside.set(lines.templates[row] ?? 0, wordsAt(line))
      }
    }
    for (const [row, line] of lines.numbers.entries())
      if (!spans.some(({ start, end }) => line >= start && line <= end)) outsideTemplates.add(lines.templates[row] ?? 0)
  }
  if (starts.length === 0) return undefined
  return {
    starts,
    ends,
    before,
    after,
    inside: [...inside.values()],
    insideTemplates: new Set(inside.keys()),
    outsideTemplates,
    length: middle(lengths),
    toEnd: middle(toEnds),
  }
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

/** For every line the columns named above; -1 throughout when there is no lesson. */
export function lessonFeatures(lines: LogLines, lesson: Lesson | undefined): readonly Float32Array[] {
  const rows = lines.texts.length
  const columns = lessonColumns.map(() => new Float32Array(rows).fill(-1))
  if (lesson === undefined) return columns
  const known = new Map<number, readonly number[]>()
  const alike = (row: number): readonly number[] => {
    const template = lines.templates[row] ?? 0
    const found = known.get(template)
    if (found !== undefined) return found
    const words = lines.words[row] ?? new Int32Array()
    const made = [lesson.starts, lesson.ends, lesson.inside, lesson.before, lesson.after].map((sets) =>
      likest(words, sets),
    )
    known.set(template, made)
    return made
  }
  const of = Array.from({ length: rows }, (_, row) => alike(row))
  const edge = [0, 0, 0, 0, 0]
  for (let row = 0; row < rows; row += 1) {
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
    for (const [column, value] of values.entries()) {
      const target = columns[column]
      if (target !== undefined) target[row] = value
    }
  }
  return columns
}

/** How much of their words two lines share, with the one of `sets` that shares most. Two empty lines are alike. */
function likest(words: Int32Array, sets: readonly ReadonlySet<number>[]): number {
  let best = 0
  for (const set of sets) {
    if (Math.min(words.length, set.size) <= best * Math.max(words.length, set.size)) continue
    let shared = 0
    for (const word of words) if (set.has(word)) shared += 1
    best = Math.max(best, shared / Math.max(1, words.length + set.size - shared))
  }
  return best
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

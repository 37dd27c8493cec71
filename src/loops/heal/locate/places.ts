import type { Column, Space } from './columns.ts'
import type { LogLines } from './log-lines.ts'
import { lookNames } from './looks.ts'
import { loud, ranks } from './loudness.ts'
import { furthest, outdents, paragraphs } from './paragraphs.ts'

export const placeColumns: readonly string[] = [
  'part',
  'to-end',
  'to-exit',
  'after-exit',
  'in-failed',
  'from-start-of-failed',
  'to-end-of-failed',
  'section-length',
  'to-mark',
  'since-mark',
  'paragraph',
  'in-paragraph',
  'to-paragraph-end',
  'paragraph-cue',
  'paragraph-text',
  'paragraph-first-cue',
  'cue-rank',
  'cue-of-best',
  'text-of-best',
  'cue-share-before',
  'since-cue',
  'to-cue',
  'since-fine',
  'to-fine',
  'since-ruler',
  'to-ruler',
  'since-command',
  'since-less-indent',
  'less-indent-cue',
  'log-length',
]

const fine = lookNames.indexOf('fine')
const rule = lookNames.indexOf('ruler')
const ruleTitle = lookNames.indexOf('ruler-title')
const command = lookNames.indexOf('command')

/** Where each line stands, a column for each name above. */
export function placesOf(lines: LogLines, cues: Float32Array, text: Float32Array, space: Space): readonly Column[] {
  const rows = lines.texts.length
  const columns = placeColumns.map(() => space.column())
  const column = (name: string): Float32Array => columns[placeColumns.indexOf(name)]?.values ?? new Float32Array(rows)
  const { numbers, looks, total, exit, failed } = lines
  const is = (row: number, look: number): boolean => (looks[row]?.is[look] ?? 0) > 0
  const marked = (row: number): boolean => (lines.signs[row]?.mark ?? 0) > 0
  const exitAt = exit ?? total + 1
  const start = failed?.start ?? 1
  const end = failed?.end ?? total

  const own: Readonly<Record<string, (row: number, line: number) => number>> = {
    part: (_, line) => line / Math.max(1, total),
    'to-end': (_, line) => Math.log2(1 + total - line),
    'to-exit': (_, line) => Math.sign(exitAt - line) * Math.log2(1 + Math.abs(exitAt - line)),
    'after-exit': (_, line) => (line > exitAt ? 1 : 0),
    'in-failed': (_, line) => (failed === undefined ? -1 : line >= start && line <= end ? 1 : 0),
    'from-start-of-failed': (_, line) => (failed === undefined ? -1 : Math.log2(1 + Math.max(0, line - start))),
    'to-end-of-failed': (_, line) => (failed === undefined ? -1 : Math.log2(1 + Math.max(0, end - line))),
    'section-length': () => Math.log2(1 + Math.max(0, end - start)),
    'log-length': () => Math.log2(1 + total),
  }
  for (const [name, value] of Object.entries(own)) {
    const target = column(name)
    for (let row = 0; row < rows; row += 1) target[row] = value(row, numbers[row] ?? 0)
  }
  since(column('since-mark'), rows, marked)
  until(column('to-mark'), rows, marked)
  since(column('since-cue'), rows, (row) => (cues[row] ?? 0) >= loud)
  until(column('to-cue'), rows, (row) => (cues[row] ?? 0) >= loud)
  since(column('since-fine'), rows, (row) => is(row, fine))
  until(column('to-fine'), rows, (row) => is(row, fine))
  const ruler = (row: number): boolean => is(row, rule) || is(row, ruleTitle)
  since(column('since-ruler'), rows, ruler)
  until(column('to-ruler'), rows, ruler)
  since(column('since-command'), rows, (row) => is(row, command) || marked(row))
  paragraphs(lines, cues, text, column)
  ranks(cues, text, column)
  outdents(lines, cues, column('since-less-indent'), column('less-indent-cue'))
  return columns
}

function since(target: Float32Array, rows: number, test: (row: number) => boolean): void {
  let last = -furthest
  for (let row = 0; row < rows; row += 1) {
    target[row] = Math.min(furthest, row - last)
    if (test(row)) last = row
  }
}

function until(target: Float32Array, rows: number, test: (row: number) => boolean): void {
  let next = rows + furthest
  for (let row = rows - 1; row >= 0; row -= 1) {
    target[row] = Math.min(furthest, next - row)
    if (test(row)) next = row
  }
}

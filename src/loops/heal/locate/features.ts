import { type Lesson, lessonColumns, lessonFeatures } from './examples.ts'
import type { LogLines } from './log-lines.ts'
import { lookNames } from './looks.ts'
import { within } from './nearby.ts'
import { passingColumns, passingFeatures } from './passing.ts'
import { placeColumns, placesOf } from './places.ts'

/** A row of numbers for every line, in one piece of memory. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

const near = [-2, -1, 1, 2] as const
/** Of the neighbours these tell most. */
const told = [
  'error-word',
  'complaint',
  'expectation',
  'fine',
  'frame',
  'location',
  'tally',
  'ruler',
  'advice',
  'exit',
  'command',
].map((name) => lookNames.indexOf(name))
const reaches = [3, 8, 20, 60] as const

const own = [
  'cause',
  'hint',
  'exit',
  'result',
  'mark',
  'span',
  'red',
  'blank',
  'indent',
  'length',
  'words',
  'digits',
  'capitals',
  'signs',
  'cue',
  'text',
  'count',
  'first',
  'repeats',
  'rare',
]
const around = ['cue', 'text', 'red', 'blank', 'indent', 'cause', 'hint', 'result', 'mark', 'rare', 'same']
const spread = ['cue-before', 'cue-after', 'text-before', 'text-after']

export const columnNames: readonly string[] = [
  ...own,
  ...lookNames,
  ...near.flatMap((at) => [...around, ...told.map((look) => lookNames[look] ?? '')].map((name) => `${name}@${at}`)),
  ...placeColumns,
  ...lessonColumns,
  ...passingColumns,
  ...reaches.flatMap((reach) => spread.map((name) => `${name}@${reach}`)),
]

/** What is known beside the log itself. */
export interface Known {
  readonly passed?: LogLines | undefined
  readonly lesson?: Lesson | undefined
}

/** How loudly a line complains, by patterns and words together: 0 to 1. */
export function cuesOf(lines: LogLines): Float32Array {
  const error = lookNames.indexOf('error-word')
  const capital = lookNames.indexOf('error-capital')
  const complaint = lookNames.indexOf('complaint')
  const fine = lookNames.indexOf('none-failed')
  const warning = lookNames.indexOf('warning')
  return Float32Array.from(lines.texts, (_, at) => {
    const sign = lines.signs[at]
    const is = lines.looks[at]?.is ?? []
    const patterns = Math.max(sign?.cause ?? 0, (sign?.hint ?? 0) * 0.9)
    const words = (is[error] ?? 0) * 0.35 + (is[capital] ?? 0) * 0.1 + (is[complaint] ?? 0) * 0.2
    const damped = (is[fine] ?? 0) > 0 || (is[warning] ?? 0) > 0 ? 0.3 : 1
    return Math.max(patterns, (words + (lines.red[at] ?? 0) * 0.25) * damped)
  })
}

/** `text`: what the words of each line alone say, as log-odds. With `only`, the rows of these lines alone. */
export function featuresOf(
  lines: LogLines,
  text: Float32Array,
  { passed, lesson }: Known = {},
  only: ArrayLike<number> = lines.numbers.map((_, row) => row),
): Matrix {
  const rows = only.length
  const columns = columnNames.length
  const values = new Float32Array(rows * columns)
  const cues = cuesOf(lines)
  const counts = countsOf(lines.templates)
  const firsts = firstsOf(lines.templates)
  const place = [...placesOf(lines, cues, text), ...lessonFeatures(lines, lesson), ...passingFeatures(lines, passed)]
  const reach = reaches.map((size) => ({ cue: within(cues, size), text: within(text, size) }))
  const rare = Float32Array.from(lines.templates, (template) => 1 / (counts.get(template) ?? 1))

  for (let index = 0; index < rows; index += 1) {
    const row = only[index] ?? 0
    let at = index * columns
    const put = (value: number): void => {
      values[at++] = value
    }
    const looks = lines.looks[row]
    const sign = lines.signs[row]
    if (looks === undefined || sign === undefined) continue
    put(sign.cause)
    put(sign.hint)
    put(sign.exit)
    put(sign.result)
    put(sign.mark)
    put(sign.span)
    put(lines.red[row] ?? 0)
    put(looks.blank ? 1 : 0)
    put(looks.indent)
    put(looks.length)
    put(looks.words)
    put(looks.digits)
    put(looks.capitals)
    put(looks.signs)
    put(cues[row] ?? 0)
    put(text[row] ?? 0)
    put(Math.log2(counts.get(lines.templates[row] ?? 0) ?? 1))
    put(firsts[row] ?? 0)
    put(lines.templates[row] === lines.templates[row - 1] ? 1 : 0)
    put(rare[row] ?? 0)
    for (const is of looks.is) put(is)
    for (const by of near) {
      const other = row + by
      const there = lines.looks[other]
      const said = lines.signs[other]
      put(cues[other] ?? -1)
      put(text[other] ?? -9)
      put(lines.red[other] ?? 0)
      put(there === undefined || there.blank ? 1 : 0)
      put(there === undefined || there.blank ? -1 : there.indent - looks.indent)
      put(said?.cause ?? 0)
      put(said?.hint ?? 0)
      put(said?.result ?? 0)
      put(said?.mark ?? 0)
      put(rare[other] ?? 0)
      put(lines.templates[row] === lines.templates[other] ? 1 : 0)
      for (const look of told) put(there?.is[look] ?? 0)
    }
    for (const column of place) put(column[row] ?? 0)
    for (const { cue, text: said } of reach) {
      put(cue.before[row] ?? 0)
      put(cue.after[row] ?? 0)
      put(said.before[row] ?? 0)
      put(said.after[row] ?? 0)
    }
  }
  return { rows, columns, values }
}

function countsOf(templates: Uint32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const template of templates) counts.set(template, (counts.get(template) ?? 0) + 1)
  return counts
}

function firstsOf(templates: Uint32Array): Uint8Array {
  const seen = new Set<number>()
  return Uint8Array.from(templates, (template) => {
    if (seen.has(template)) return 0
    seen.add(template)
    return 1
  })
}

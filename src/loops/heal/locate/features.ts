import { type Column, type Columns, createSpace, type Space } from './columns.ts'
import { type Lesson, lessonColumns, lessonFeatures } from './examples.ts'
import type { LogLines } from './log-lines.ts'
import { type Looks, lookNames } from './looks.ts'
import { within } from './nearby.ts'
import { passingColumns, passingFeatures } from './passing.ts'
import { placeColumns, placesOf } from './places.ts'
import type { PlainLines } from './plain-lines.ts'

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
] as const
const around = ['cue', 'text', 'red', 'blank', 'indent', 'cause', 'hint', 'result', 'mark', 'rare', 'same'] as const
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
  readonly passed?: PlainLines | undefined
  readonly lesson?: Lesson | undefined
}

const errorWord = lookNames.indexOf('error-word')
const errorCapital = lookNames.indexOf('error-capital')
const complaint = lookNames.indexOf('complaint')
const noneFailed = lookNames.indexOf('none-failed')
const warning = lookNames.indexOf('warning')

/** How loudly a line complains, by patterns and words together: 0 to 1. */
export function cuesOf({ texts, signs, looks, red }: LogLines): Float32Array {
  const cues = new Float32Array(texts.length)
  for (let row = 0; row < cues.length; row += 1) {
    const { cause = 0, hint = 0 } = signs[row] ?? {}
    const is = looks[row]?.is ?? []
    const words = (is[errorWord] ?? 0) * 0.35 + (is[errorCapital] ?? 0) * 0.1 + (is[complaint] ?? 0) * 0.2
    const damped = (is[noneFailed] ?? 0) > 0 || (is[warning] ?? 0) > 0 ? 0.3 : 1
    cues[row] = Math.max(cause, hint * 0.9, (words + (red[row] ?? 0) * 0.25) * damped)
  }
  return cues
}

type Own = Readonly<Record<(typeof own)[number], Column>>

/** What the trees see of every line. `text`: what the words of each line alone say, as log-odds. */
export function columnsOf(lines: LogLines, text: Float32Array, { passed, lesson }: Known = {}): Columns {
  const space = createSpace(lines.texts.length, columnNames.length)
  const mine = ownColumns(lines, text, space)
  const looks = lookColumns(lines.looks, space)
  const cues = mine.cue.values
  const nothing = constant(space, -1)
  const columns = [
    ...own.map((name) => mine[name]),
    ...looks,
    ...near.flatMap((by) => neighbours(lines, by, { mine, looks, space })),
    ...placesOf(lines, cues, text, space),
    ...(lesson === undefined ? lessonColumns.map(() => nothing) : lessonFeatures(lines, lesson, space)),
    ...(passed === undefined ? passingColumns.map(() => nothing) : passingFeatures(lines, passed, space)),
    ...reaches.flatMap((size) => [...within(cues, size, space), ...within(text, size, space)]),
  ]
  return { rows: lines.texts.length, values: space.values, starts: Int32Array.from(columns, ({ start }) => start) }
}

/** What neighbours beyond the first and the last line would answer. */
const edges: Partial<Record<string, number>> = { cue: -1, text: -9, blank: 1 }

function ownColumns(lines: LogLines, text: Float32Array, space: Space): Own {
  const mine = Object.fromEntries(own.map((name) => [name, space.column(edges[name])])) as Own
  mine.cue.values.set(cuesOf(lines))
  mine.text.values.set(text)
  mine.red.values.set(lines.red)
  for (const [row, sign] of lines.signs.entries()) {
    mine.cause.values[row] = sign.cause
    mine.hint.values[row] = sign.hint
    mine.exit.values[row] = sign.exit
    mine.result.values[row] = sign.result
    mine.mark.values[row] = sign.mark
    mine.span.values[row] = sign.span
  }
  for (const [row, looks] of lines.looks.entries()) {
    mine.blank.values[row] = looks.blank ? 1 : 0
    mine.indent.values[row] = looks.indent
    mine.length.values[row] = looks.length
    mine.words.values[row] = looks.words
    mine.digits.values[row] = looks.digits
    mine.capitals.values[row] = looks.capitals
    mine.signs.values[row] = looks.signs
  }
  countTemplates(lines, mine)
  return mine
}

function countTemplates({ firsts, templates }: LogLines, { count, first, repeats, rare }: Own): void {
  const counts = new Int32Array(firsts.length)
  for (const row of firsts) counts[row] = (counts[row] ?? 0) + 1
  for (let row = 0; row < firsts.length; row += 1) {
    const like = firsts[row] ?? row
    const times = counts[like] ?? 1
    count.values[row] = Math.log2(times)
    first.values[row] = like === row ? 1 : 0
    repeats.values[row] = templates[row] === templates[row - 1] ? 1 : 0
    rare.values[row] = 1 / times
  }
}

function lookColumns(looks: readonly Looks[], space: Space): readonly Column[] {
  const columns = lookNames.map(() => space.column())
  for (const [row, { is }] of looks.entries())
    for (let look = 0; look < is.length; look += 1) {
      const column = columns[look]
      if (is[look] === 1 && column !== undefined) column.values[row] = 1
    }
  return columns
}

/** The columns of the line so far off: mostly those of the line itself, begun elsewhere. */
function neighbours(
  lines: LogLines,
  by: number,
  { mine, looks, space }: { readonly mine: Own; readonly looks: readonly Column[]; readonly space: Space },
): readonly Column[] {
  const special = { indent: indents(lines, by, space), same: sameTemplate(lines, by, space) }
  const seen = (column: Column): Column => ({ ...column, start: column.start + by })
  return [
    ...around.map((name) => (name === 'indent' || name === 'same' ? special[name] : seen(mine[name]))),
    ...told.flatMap((look) => (looks[look] === undefined ? [] : [seen(looks[look])])),
  ]
}

function indents({ looks }: LogLines, by: number, space: Space): Column {
  const column = space.column()
  for (let row = 0; row < looks.length; row += 1) {
    const there = looks[row + by]
    column.values[row] = there === undefined || there.blank ? -1 : there.indent - (looks[row]?.indent ?? 0)
  }
  return column
}

function sameTemplate({ templates }: LogLines, by: number, space: Space): Column {
  const column = space.column()
  for (let row = 0; row < templates.length; row += 1)
    column.values[row] = templates[row] === templates[row + by] ? 1 : 0
  return column
}

function constant(space: Space, value: number): Column {
  const column = space.column()
  column.values.fill(value)
  return column
}

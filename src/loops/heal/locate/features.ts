import { type Lesson, lessonColumns, lessonFeatures } from './examples.ts'
import type { LogLines } from './log-lines.ts'
import { lookNames } from './looks.ts'
import { passingColumns, passingFeatures } from './passing.ts'

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
const placed = [
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
const spread = ['cue-before', 'cue-after', 'text-before', 'text-after']

export const columnNames: readonly string[] = [
  ...own,
  ...lookNames,
  ...near.flatMap((at) => [...around, ...told.map((look) => lookNames[look] ?? '')].map((name) => `${name}@${at}`)),
  ...placed,
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

/** `text`: what the words of each line alone say, as log-odds. */
export function featuresOf(lines: LogLines, text: Float32Array, { passed, lesson }: Known = {}): Matrix {
  const rows = lines.texts.length
  const columns = columnNames.length
  const values = new Float32Array(rows * columns)
  const cues = cuesOf(lines)
  const counts = countsOf(lines.templates)
  const firsts = firstsOf(lines.templates)
  const place = [...placesOf(lines, cues, text), ...lessonFeatures(lines, lesson), ...passingFeatures(lines, passed)]
  const reach = reaches.map((size) => ({ cue: within(cues, size), text: within(text, size) }))
  const rare = Float32Array.from(lines.templates, (template) => 1 / (counts.get(template) ?? 1))

  for (let row = 0; row < rows; row += 1) {
    let at = row * columns
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

/** The greatest value among so many lines before and after each. */
function within(values: Float32Array, size: number): { readonly before: Float32Array; readonly after: Float32Array } {
  const rows = values.length
  const before = new Float32Array(rows).fill(-9)
  const after = new Float32Array(rows).fill(-9)
  slide(
    rows,
    size,
    (at) => values[at] ?? 0,
    (at, best) => {
      before[at] = best
    },
  )
  slide(
    rows,
    size,
    (at) => values[rows - 1 - at] ?? 0,
    (at, best) => {
      after[rows - 1 - at] = best
    },
  )
  return { before, after }
}

/** Tells of each place the greatest of the `size` values before it. */
function slide(
  rows: number,
  size: number,
  value: (at: number) => number,
  tell: (at: number, best: number) => void,
): void {
  const queue = new Int32Array(rows)
  let head = 0
  let tail = 0
  for (let at = 0; at < rows; at += 1) {
    while (head < tail && (queue[head] ?? 0) < at - size) head += 1
    if (head < tail) tell(at, value(queue[head] ?? 0))
    while (head < tail && value(queue[tail - 1] ?? 0) <= value(at)) tail -= 1
    queue[tail++] = at
  }
}

const far = 400
const loud = 0.3

/** Where each line stands, a column for each of `placed`. */
function placesOf(lines: LogLines, cues: Float32Array, text: Float32Array): readonly Float32Array[] {
  const rows = lines.texts.length
  const columns = placed.map(() => new Float32Array(rows))
  const column = (name: string): Float32Array => columns[placed.indexOf(name)] ?? new Float32Array(rows)
  const { numbers, looks, total, exit, failed } = lines
  const is = (row: number, name: string): boolean => (looks[row]?.is[lookNames.indexOf(name)] ?? 0) > 0
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
  since(column('since-fine'), rows, (row) => is(row, 'fine'))
  until(column('to-fine'), rows, (row) => is(row, 'fine'))
  const ruler = (row: number): boolean => is(row, 'ruler') || is(row, 'ruler-title')
  since(column('since-ruler'), rows, ruler)
  until(column('to-ruler'), rows, ruler)
  since(column('since-command'), rows, (row) => is(row, 'command') || marked(row))
  paragraphs(lines, cues, text, column)
  ranks(cues, text, column)
  outdents(lines, cues, column('since-less-indent'), column('less-indent-cue'))
  return columns
}

function since(target: Float32Array, rows: number, test: (row: number) => boolean): void {
  let last = -far
  for (let row = 0; row < rows; row += 1) {
    target[row] = Math.min(far, row - last)
    if (test(row)) last = row
  }
}

function until(target: Float32Array, rows: number, test: (row: number) => boolean): void {
  let next = rows + far
  for (let row = rows - 1; row >= 0; row -= 1) {
    target[row] = Math.min(far, next - row)
    if (test(row)) next = row
  }
}

/** Paragraphs are parted by blank lines and by jumps. */
function paragraphs(
  { looks, numbers, texts }: LogLines,
  cues: Float32Array,
  text: Float32Array,
  column: (name: string) => Float32Array,
): void {
  const length = column('paragraph')
  const inside = column('in-paragraph')
  const left = column('to-paragraph-end')
  const cue = column('paragraph-cue')
  const said = column('paragraph-text')
  const first = column('paragraph-first-cue')
  for (let start = 0; start < texts.length; ) {
    let end = start
    const blank = looks[start]?.blank === true
    while (
      end + 1 < texts.length &&
      (looks[end + 1]?.blank === true) === blank &&
      numbers[end + 1] === (numbers[end] ?? 0) + 1
    )
      end += 1
    let best = 0
    let most = -9
    for (let row = start; row <= end; row += 1) {
      best = Math.max(best, cues[row] ?? 0)
      most = Math.max(most, text[row] ?? 0)
    }
    for (let row = start; row <= end; row += 1) {
      length[row] = end - start + 1
      inside[row] = row - start
      left[row] = end - row
      cue[row] = best
      said[row] = most
      first[row] = cues[start] ?? 0
    }
    start = end + 1
  }
}

/** How a line compares with the loudest ones of its log. */
function ranks(cues: Float32Array, text: Float32Array, column: (name: string) => Float32Array): void {
  const rank = column('cue-rank')
  const ofBest = column('cue-of-best')
  const textOfBest = column('text-of-best')
  const share = column('cue-share-before')
  const rows = cues.length
  const sorted = Float32Array.from(cues).sort()
  const best = sorted[rows - 1] ?? 0
  const textBest = Float32Array.from(text).sort()[rows - 1] ?? 0
  let sum = 0
  for (const cue of cues) sum += cue >= loud ? cue : 0
  let before = 0
  for (let row = 0; row < rows; row += 1) {
    const cue = cues[row] ?? 0
    rank[row] = Math.log2(1 + rows - upperBound(sorted, cue))
    ofBest[row] = best === 0 ? 0 : cue / best
    textOfBest[row] = (text[row] ?? 0) - textBest
    share[row] = sum === 0 ? 0 : before / sum
    before += cue >= loud ? cue : 0
  }
}

function upperBound(sorted: Float32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** The nearest line above that is less indented: what an indented line belongs to. */
function outdents({ looks }: LogLines, cues: Float32Array, distance: Float32Array, cue: Float32Array): void {
  const stack: number[] = []
  for (let row = 0; row < looks.length; row += 1) {
    const indent = looks[row]?.indent ?? 0
    if (looks[row]?.blank !== true) {
      while (stack.length > 0 && (looks[stack.at(-1) ?? 0]?.indent ?? 0) >= indent) stack.pop()
    }
    const parent = stack.at(-1)
    distance[row] = parent === undefined ? far : Math.min(far, row - parent)
    cue[row] = parent === undefined ? 0 : (cues[parent] ?? 0)
    if (looks[row]?.blank !== true) stack.push(row)
    if (stack.length > 200) stack.shift()
  }
}

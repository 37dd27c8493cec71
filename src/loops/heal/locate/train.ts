import { foldsBy } from '../learn/folds.ts'
import { seeded } from '../learn/random.ts'
import { rowsOf } from './columns.ts'
import { columnNames, columnsOf, cuesOf, type Known } from './features.ts'
import { type GrowOptions, growTrees } from './grow.ts'
import type { LogLines } from './log-lines.ts'
import { type LineModel, type LineScorer, type RegionScorer, textOf, type Weighed, weigh } from './model.ts'
import { type Region, regionColumns } from './regions.ts'
import type { Trees } from './trees.ts'
import { trainWords, type WordModel } from './word-model.ts'

export interface Span {
  readonly start: number
  readonly end: number
}

/** A failing log in which somebody marked the failing part. */
export interface LineCase {
  readonly project: string
  readonly lines: LogLines
  readonly spans: readonly Span[]
  /** Lines that count neither for nor against. */
  readonly neutral?: readonly Span[] | undefined
  readonly known: Known
  /** What it counts beside the others; 1 when absent. */
  readonly weight?: number | undefined
}

export interface TrainOptions {
  readonly folds?: number
  readonly seed?: number
  readonly tell?: (what: string) => void
  /** Without the model that learns from all. */
  readonly measureOnly?: boolean
}

/** The model, and what it says of each case when it has not seen the case's project. */
export interface Trained {
  readonly model: LineModel | undefined
  readonly held: readonly { readonly weighed: Weighed; readonly model: LineModel }[]
}

const lineTrees: GrowOptions = {
  trees: 120,
  depth: 5,
  rate: 0.1,
  l2: 2,
  leastWeight: 2,
  columnShare: 0.2,
  rowShare: 0.45,
  seed: 1,
}
const regionTrees: GrowOptions = {
  trees: 100,
  depth: 3,
  rate: 0.07,
  l2: 4,
  leastWeight: 4,
  columnShare: 0.4,
  rowShare: 0.6,
  seed: 2,
}

/**
 * Trains in two steps: trees that look at lines, and trees that look at ranges of lines. The second learn from what the
 * first say of projects that they have not seen, for only that is how it will be.
 */
export function trainLines(
  cases: readonly LineCase[],
  { folds = 5, seed = 1, tell = () => {}, measureOnly = false }: TrainOptions = {},
): Trained {
  const fold = foldsBy(
    cases.map(({ project }) => project),
    folds,
    seed,
  )
  const samples = cases.map((each, index) => sample(each, seeded(seed + index)))
  const weighed = new Array<Weighed>(cases.length)
  const scorers = Array.from({ length: folds }, (_, held) => {
    const scorer = trainScorer(cases, samples, (index) => fold[index] !== held, seed)
    for (const [index, each] of cases.entries())
      if (fold[index] === held) weighed[index] = weigh(scorer, each.lines, each.known)
    tell(`fold ${held + 1} of ${folds} scored`)
    return scorer
  })
  const models = scorers.map((lines, held) => ({
    lines,
    regions: trainRegions(cases, weighed, (index) => fold[index] !== held),
  }))
  tell('ranges scored')
  const everywhere = (): boolean => true
  return {
    model: measureOnly
      ? undefined
      : { lines: trainScorer(cases, samples, everywhere, seed), regions: trainRegions(cases, weighed, everywhere) },
    held: weighed.map((each, index) => ({ weighed: each, model: models[fold[index] ?? 0] as LineModel })),
  }
}

interface Sampled {
  readonly row: number
  readonly label: number
  readonly weight: number
}

/** Few of the many lines of a log, those from which most is learnt; each log counts the same. */
function sample({ lines, spans, neutral = [], weight: worth = 1 }: LineCase, random: () => number): readonly Sampled[] {
  const cues = cuesOf(lines)
  const inside: number[] = []
  const near: number[] = []
  const loud: number[] = []
  const rest: number[] = []
  for (const [row, line] of lines.numbers.entries()) {
    if (within(spans, line, 0)) inside.push(row)
    else if (within(neutral, line, 0)) continue
    else if (within(spans, line, 15)) near.push(row)
    else if ((cues[row] ?? 0) >= 0.3) loud.push(row)
    else rest.push(row)
  }
  const out: Sampled[] = []
  const edge = new Set(spans.flatMap(({ start, end }) => [start, end]))
  const take = (rows: readonly number[], most: number, total: number, label: number): void => {
    const chosen = rows.length <= most ? rows : pick(rows, most, random)
    for (const row of chosen) out.push({ row, label, weight: (worth * total) / chosen.length })
    for (const row of rows)
      if (edge.has(lines.numbers[row] ?? 0) && !chosen.includes(row))
        out.push({ row, label, weight: (worth * total) / chosen.length })
  }
  take(inside, 45, 10, 1)
  take(near, 25, 5, 0)
  take(loud, 45, Math.min(12, loud.length * 0.4), 0)
  take(rest, 45, 8, 0)
  return out
}

function pick(rows: readonly number[], count: number, random: () => number): readonly number[] {
  const pool = [...rows]
  for (let at = 0; at < count; at += 1) {
    const other = at + Math.floor(random() * (pool.length - at))
    const [a, b] = [pool[at] ?? 0, pool[other] ?? 0]
    pool[at] = b
    pool[other] = a
  }
  return pool.slice(0, count)
}

function within(spans: readonly Span[], line: number, reach: number): boolean {
  return spans.some(({ start, end }) => line >= start - reach && line <= end + reach)
}

const wordFolds = 4

/** A case with the lines of it that are learnt from. */
interface SampledCase {
  readonly each: LineCase
  readonly rows: readonly Sampled[]
}

function trainScorer(
  cases: readonly LineCase[],
  samples: readonly (readonly Sampled[])[],
  used: (index: number) => boolean,
  seed: number,
): LineScorer {
  const chosen = cases.flatMap((each, index) => (used(index) ? [{ each, rows: samples[index] ?? [] }] : []))
  const fold = foldsBy(
    chosen.map(({ each }) => each.project),
    wordFolds,
    seed + 2,
  )
  // The trees must not believe words more than they deserve on projects that the words were not learnt from.
  const parts = Array.from({ length: wordFolds }, (_, held) =>
    trainWords(wordRows(chosen.filter((_one, index) => fold[index] !== held)), seed),
  )
  const table = tableOf(chosen, (index) => parts[fold[index] ?? 0] as WordModel)
  const grow = ({ labels, weights }: Answers, trees: number): Trees =>
    growTrees({ columns: columnNames.length, values: table.values, labels, weights }, { ...lineTrees, trees, seed })
  return {
    words: trainWords(wordRows(chosen), seed),
    inside: grow(table.inside, 120),
    start: grow(table.start, 80),
    end: grow(table.end, 80),
  }
}

function wordRows(chosen: readonly SampledCase[]): Parameters<typeof trainWords>[0] {
  return chosen.flatMap(({ each, rows }) =>
    rows.map(({ row, label, weight }) => ({ words: each.lines.words[row] ?? new Int32Array(), label, weight })),
  )
}

/** What is right for each row of a table, and how much it counts. */
interface Answers {
  readonly labels: Uint8Array
  readonly weights: Float32Array
}

interface LineTable {
  readonly values: Float32Array
  readonly inside: Answers
  readonly start: Answers
  readonly end: Answers
}

/** How much more a line counts at which the part begins or ends: they are few. */
const edgeWeight = 5

function tableOf(chosen: readonly SampledCase[], wordsFor: (index: number) => WordModel): LineTable {
  const count = chosen.reduce((sum, { rows }) => sum + rows.length, 0)
  const answers = (): Answers => ({ labels: new Uint8Array(count), weights: new Float32Array(count) })
  const table = {
    values: new Float32Array(count * columnNames.length),
    inside: answers(),
    start: answers(),
    end: answers(),
  }
  let at = 0
  for (const [index, { each, rows }] of chosen.entries()) {
    const { lines, spans, known, weight: worth = 1 } = each
    const columns = columnsOf(lines, textOf(wordsFor(index), lines), known)
    const wanted = rows.map(({ row }) => row)
    table.values.set(rowsOf(columns, wanted), at * columnNames.length)
    const answerEdge = ({ labels, weights }: Answers, isEdge: boolean, weight: number): void => {
      labels[at] = isEdge ? 1 : 0
      weights[at] = isEdge ? (edgeWeight * worth) / spans.length : Math.min(weight, worth)
    }
    for (const { row, label, weight } of rows) {
      const line = lines.numbers[row] ?? 0
      table.inside.labels[at] = label
      table.inside.weights[at] = weight
      answerEdge(
        table.start,
        spans.some(({ start }) => start === line),
        weight,
      )
      answerEdge(
        table.end,
        spans.some(({ end }) => end === line),
        weight,
      )
      at += 1
    }
  }
  return table
}

function trainRegions(
  cases: readonly LineCase[],
  weighed: readonly Weighed[],
  used: (index: number) => boolean,
): RegionScorer {
  const chosen = cases.flatMap((each, index) => {
    const one = weighed[index]
    return one !== undefined && used(index) && each.known.passed === undefined ? [{ each, one }] : []
  })
  const count = chosen.reduce((sum, { one }) => sum + one.regions.length, 0)
  const columns = regionColumns.length
  const values = new Float32Array(count * columns)
  const match = new Float32Array(count)
  const touch = new Float32Array(count)
  const weights = new Float32Array(count)
  let at = 0
  for (const { each, one } of chosen) {
    values.set(one.features, at * columns)
    for (const region of one.regions) {
      match[at] = f1Of(region, each)
      touch[at] = match[at] === 0 ? 0 : 1
      weights[at] = ((each.weight ?? 1) * 10) / one.regions.length
      at += 1
    }
  }
  return {
    match: growTrees({ columns, values, labels: match, weights }, regionTrees),
    touch: growTrees({ columns, values, labels: touch, weights }, regionTrees),
  }
}

/** How well a region matches what was marked: 1 when it is the same lines. */
function f1Of({ from, to }: Region, { lines, spans }: LineCase): number {
  const marked = spans.reduce((sum, { start, end }) => sum + end - start + 1, 0)
  let hit = 0
  for (let row = from; row <= to; row += 1) if (within(spans, lines.numbers[row] ?? 0, 0)) hit += 1
  return hit === 0 ? 0 : (2 * hit) / (marked + to - from + 1)
}

import { featuresOf, type Known, type Matrix } from './features.ts'
import type { LogLines } from './log-lines.ts'
import { type Region, regionColumns, regionFeatures, regionsOf, type Said } from './regions.ts'
import { scoreOf, type Trees } from './trees.ts'
import { saidBy, type WordModel } from './word-model.ts'

/** What looks at single lines. */
export interface LineScorer {
  readonly words: WordModel
  readonly inside: Trees
  readonly start: Trees
  readonly end: Trees
}

/** What looks at whole ranges: how well each would match what a person marks, and whether it touches it at all. */
export interface RegionScorer {
  readonly match: Trees
  readonly touch: Trees
}

export interface LineModel {
  readonly lines: LineScorer
  readonly regions: RegionScorer
}

export function textOf(words: WordModel, lines: LogLines): Float32Array {
  const known = new Map<Int32Array, number>()
  return Float32Array.from(lines.words, (each) => {
    const said = known.get(each) ?? saidBy(words, each)
    known.set(each, said)
    return said
  })
}

function scoreLines(
  scorer: LineScorer,
  lines: LogLines,
  known: Known,
): { readonly said: Said; readonly matrix: Matrix } {
  const matrix = featuresOf(lines, textOf(scorer.words, lines), known)
  const { rows, columns, values } = matrix
  const inside = new Float32Array(rows)
  for (let row = 0; row < rows; row += 1) inside[row] = scoreOf(scorer.inside, values, row * columns)
  const edges = (trees: Trees): Float32Array => {
    const out = new Float32Array(rows).fill(never)
    for (let row = 0; row < rows; row += 1)
      if (Math.max(inside[row] ?? 0, inside[row - 1] ?? never, inside[row + 1] ?? never) > quiet)
        out[row] = scoreOf(trees, values, row * columns)
    return out
  }
  return { said: { inside, start: edges(scorer.start), end: edges(scorer.end) }, matrix }
}

/** Around such lines nothing begins or ends: most lines of a log need only one look. */
const quiet = -5
const never = -9

/** A region with what the model expects of it. */
export interface Judged extends Region {
  /** The F1 expected of showing it alone. */
  readonly match: number
  /** How likely it is to touch the failing part. */
  readonly touch: number
}

export interface Weighed {
  readonly said: Said
  readonly regions: readonly Region[]
  readonly features: Float32Array
}

export function weigh(scorer: LineScorer, lines: LogLines, known: Known): Weighed {
  const { said, matrix } = scoreLines(scorer, lines, known)
  const regions = regionsOf(said, lines.numbers)
  return { said, regions, features: regionFeatures(regions, said, matrix) }
}

export function judge({ match, touch }: RegionScorer, { regions, features }: Weighed): readonly Judged[] {
  return regions.map((region, index) => ({
    ...region,
    match: probability(scoreOf(match, features, index * regionColumns.length)),
    touch: probability(scoreOf(touch, features, index * regionColumns.length)),
  }))
}

export function probability(odds: number): number {
  return 1 / (1 + Math.exp(-odds))
}

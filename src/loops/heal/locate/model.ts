import type { Columns } from './columns.ts'
import { columnsOf, type Known } from './features.ts'
import type { LogLines } from './log-lines.ts'
import { type Region, regionColumns, regionFeatures, regionsOf, type Said } from './regions.ts'
import { scoreOf, scoresOf, type Trees } from './trees.ts'
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
  const said = new Float32Array(lines.words.length)
  for (const [row, first] of lines.firsts.entries())
    said[row] = first === row ? saidBy(words, lines.words[row] ?? new Int32Array()) : (said[first] ?? 0)
  return said
}

function scoreLines(scorer: LineScorer, columns: Columns): Said {
  const { rows } = columns
  const all = Int32Array.from({ length: rows }, (_, row) => row)
  const inside = Float32Array.from(scoresOf(scorer.inside, columns, all))
  const loud = all.filter(
    (row) => Math.max(inside[row] ?? 0, inside[row - 1] ?? never, inside[row + 1] ?? never) > quiet,
  )
  const edges = (trees: Trees): Float32Array => {
    const out = new Float32Array(rows).fill(never)
    const scores = scoresOf(trees, columns, loud)
    for (let at = 0; at < loud.length; at += 1) out[loud[at] as number] = scores[at] as number
    return out
  }
  return { inside, start: edges(scorer.start), end: edges(scorer.end) }
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
  const columns = columnsOf(lines, textOf(scorer.words, lines), known)
  const said = scoreLines(scorer, columns)
  const regions = regionsOf(said, lines.numbers)
  return { said, regions, features: regionFeatures(regions, said, columns) }
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

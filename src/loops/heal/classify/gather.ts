import type { Excerpt } from '../../../model/diagnosis.ts'
import { locate } from '../locate/locate.ts'
import type { LineModel } from '../locate/model.ts'
import { masked } from '../logs/mask.ts'
import { exitLine, failedSection, type Ranked, rank } from '../logs/rank.ts'
import type { LogReading, Section } from '../logs/reading.ts'
import { type Vote, vote } from './category.ts'
import type { Facts } from './evidence.ts'
import { withoutAsides } from './said-in-passing.ts'

/** What the log shows, ordered: the same for deciding and for learning. */
export interface Gathered {
  readonly reading: LogReading
  /** Best first. */
  readonly ranked: readonly Ranked[]
  /** Line on which the first command that failed says so. */
  readonly exit: number | undefined
  readonly section: Section | undefined
  /** What the patterns alone say. */
  readonly votes: readonly Vote[]
  readonly excerpts: readonly Excerpt[]
  readonly exitCode: number | undefined
}

export function gather(
  reading: LogReading,
  { passed, observed, examples }: Pick<Facts, 'passed' | 'observed' | 'examples'>,
  lines?: LineModel,
): Gathered {
  const ranked = withoutAsides(rank(newHits(reading, passed), reading))
  const exit = exitLine(ranked, reading.sections)
  const section = failedSection(reading.sections, exit)
  const exitCode = observed?.exitCode ?? exitCodeOf(reading, ranked)
  return {
    reading,
    ranked,
    exit,
    section,
    votes: vote(ranked, { section, exitCode, results: reading.results }),
    excerpts: locate(reading, { passed, examples, model: lines }),
    exitCode,
  }
}

/** What stands in a log that passed did not break the one that failed. */
export function newHits(reading: LogReading, passed: LogReading | undefined): LogReading['hits'] {
  if (passed === undefined) return reading.hits
  const known = new Set(passed.hits.map(({ text }) => masked(text)))
  return reading.hits.filter(({ text }) => !known.has(masked(text)))
}

function exitCodeOf({ sections }: LogReading, ranked: readonly Ranked[]): number | undefined {
  const code = ranked.map(({ hit }) => hit.groups.exitCode).find((text) => text !== undefined && text !== '0')
  if (code !== undefined) return Number(code)
  return sections.findLast(({ exitCode }) => exitCode !== undefined && exitCode !== 0)?.exitCode
}

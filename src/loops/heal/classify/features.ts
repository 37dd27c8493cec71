import type { Excerpt } from '../../../model/diagnosis.ts'
import { lineReader } from '../logs/lines-of.ts'
import type { Ranked } from '../logs/rank.ts'
import type { LogReading } from '../logs/reading.ts'
import type { TestResults } from '../results/test-results.ts'
import { type Vote, vote } from './category.ts'
import { causeNames, causeOf } from './causes.ts'
import { conceptsIn } from './concepts.ts'
import type { Gathered } from './gather.ts'
import { wordsOf } from './words.ts'

export type Feature = readonly [name: string, value: number]

/** What the model sees of a failed log, by names that a person can read. */
export function featuresOf(gathered: Gathered): readonly Feature[] {
  const { reading, ranked, exit, section, votes, excerpts, exitCode } = gathered
  const lineAt = lineReader(reading)
  const end = exit ?? reading.lines
  const last = Array.from({ length: lastLines }, (_, index) => lineAt(end - lastLines + 1 + index) ?? '')
  const command = [section?.name ?? '', exit === undefined ? '' : (lineAt(exit) ?? '')]
  return [
    ...votesAsFeatures(votes),
    ...scaled(excerptWords(excerpts), 3),
    ...scaled(bagOf('last', last), 1.5),
    ...scaled(bagOf('command', command), 2),
    ...conceptFeatures('excerpt', excerpts[0]?.text ?? []),
    ...conceptFeatures(
      'excerpts',
      excerpts.flatMap(({ text }) => text),
    ),
    ...conceptFeatures('last', last),
    ...conceptFeatures('command', command),
    ...tailFeatures(gathered),
    ...resultFeatures(reading.results),
    ...patternFeatures(ranked, end),
    ...named('near', nearFeatures(gathered, end)),
    ...structureFeatures(reading, section?.phase, exitCode),
  ]
}

const lastLines = 15

/**
 * The same once more from where the command ended: errors of commands that went well, or of long before, are worth
 * little there. Which of the two views to believe is learnt.
 */
function nearFeatures({ reading, ranked, section, exitCode }: Gathered, end: number): readonly Feature[] {
  const near = ranked
    .map((each) => {
      const { line } = each.hit
      const inside = section === undefined || (line >= section.start && line <= section.end + exitAfterEnd)
      const before = Math.max(0, end - line)
      return { ...each, score: each.score * (inside ? 1 : 0.3) * (0.3 + 0.7 * Math.exp(-before / 150)) }
    })
    .sort((a, b) => b.score - a.score)
  return [
    ...votesAsFeatures(vote(near, { section, exitCode, results: reading.results })),
    ...patternFeatures(near, end),
  ]
}

/** Some vendors tell the exit a line or two after the section's end. */
const exitAfterEnd = 3

function named(kind: string, features: readonly Feature[]): readonly Feature[] {
  return features.map(([name, value]) => [`${kind} ${name}`, value])
}

function votesAsFeatures(votes: readonly Vote[]): readonly Feature[] {
  const byCause = new Map<string, number>()
  for (const { category, p } of votes) {
    const cause = causeOf(category) ?? 'other'
    byCause.set(cause, (byCause.get(cause) ?? 0) + p)
  }
  const said = [...byCause.values()].reduce((sum, p) => sum + p, 0)
  return [
    ...causeNames.map(
      (cause): Feature => [voteFeature(cause), Math.log((byCause.get(cause) ?? 0) + 0.02) - Math.log(0.02)],
    ),
    ['vote none', Math.max(0, 1 - said)],
  ]
}

export function voteFeature(cause: string): string {
  return `vote ${cause}`
}

/** What the failed command mostly did before it failed. */
function tailFeatures({ reading, exit, section }: Gathered): readonly Feature[] {
  const lineAt = lineReader(reading)
  const end = exit ?? reading.lines
  const start = Math.max(1, end - tailLines, section?.start ?? 1)
  const lines = Array.from({ length: Math.max(0, end - start) }, (_, index) => lineAt(start + index) ?? '')
  return [...conceptsIn(lines)].map(([{ name }, count]) => [
    `tail: ${name}`,
    Math.min(1, Math.log1p(count) / Math.log1p(tailLines)),
  ])
}

const tailLines = 120

function resultFeatures(results: TestResults | undefined): readonly Feature[] {
  if (results === undefined) return [['results none', 0.5]]
  const { failed, run, tool, builds } = results
  return [
    [failed > 0 ? 'results failed' : (run ?? 0) > 0 ? 'results passed' : 'results of no tests', 1],
    [`results of ${tool}`, 0.5],
    [builds ? 'results of a build' : 'results of a runner', 0.5],
  ]
}

/** By the share of lines too: a word in each line of three says more than one in sixty. */
function conceptFeatures(kind: string, lines: readonly string[]): readonly Feature[] {
  return [...conceptsIn(lines)].flatMap(([{ name }, count]): readonly Feature[] => [
    [`${kind}: ${name}`, 0.7],
    [`${kind} share: ${name}`, Math.min(1, count / Math.max(4, lines.length)) * 1.2],
  ])
}

function excerptWords(excerpts: readonly Excerpt[]): Map<string, number> {
  const bag = new Map<string, number>()
  for (const [index, { text }] of excerpts.entries())
    for (const [name, value] of bagOf('word', text)) {
      const weighed = value * (index === 0 ? 1 : 0.6)
      bag.set(name, Math.max(bag.get(name) ?? 0, weighed))
    }
  return bag
}

function bagOf(kind: string, lines: readonly string[]): Map<string, number> {
  const bag = new Map<string, number>()
  for (const line of lines) for (const word of wordsOf(line)) bag.set(`${kind} ${word}`, 1)
  return bag
}

/** To a length of its own, so that many words say no more than few. */
function scaled(bag: ReadonlyMap<string, number>, length: number): readonly Feature[] {
  const size = Math.sqrt([...bag.values()].reduce((sum, value) => sum + value * value, 0))
  return size === 0 ? [] : [...bag].map(([name, value]) => [name, (value / size) * length])
}

function patternFeatures(ranked: readonly Ranked[], end: number): readonly Feature[] {
  const best = new Map<string, number>()
  const add = (name: string, value: number): void => {
    best.set(name, Math.max(best.get(name) ?? 0, value))
  }
  for (const { pattern, score } of ranked) {
    add(`pattern ${pattern.id}`, score)
    if (pattern.category !== undefined) add(`category ${pattern.category}`, score)
  }
  const causing = ranked.filter(({ pattern }) => pattern.role === 'cause' || pattern.role === 'hint')
  const first = causing[0]
  if (first !== undefined) add(`best ${first.pattern.id}`, 0.7)
  if (first !== undefined) add(`best ${first.pattern.category ?? 'none'}`, 0.7)
  const before = causing.filter(({ hit }) => hit.line <= end).toSorted((a, b) => b.hit.line - a.hit.line)
  const last = before.find(({ pattern }) => pattern.category !== undefined)
  if (last !== undefined) add(`last ${last.pattern.category}`, 0.5)
  return [...best]
}

function structureFeatures(
  reading: LogReading,
  phase: string | undefined,
  exitCode: number | undefined,
): readonly Feature[] {
  const silence = reading.timing.silence?.ms ?? 0
  return [
    [`phase ${phase ?? 'none'}`, 0.5],
    [`exit ${exitCode ?? 'none'}`, 0.7],
    [`exit by ${endOf(exitCode)}`, 0.7],
    [silence > 300_000 ? 'silence' : 'no silence', 0.5],
  ]
}

/** Shells and `timeout` tell by the code how a command ended: 124 ran out of time, above 128 a signal ended it. */
function endOf(exitCode: number | undefined): string {
  if (exitCode === undefined) return 'nothing known'
  if (exitCode === 124) return 'a time limit'
  if (exitCode === 126 || exitCode === 127) return 'a command that cannot run'
  return exitCode === 137 ? 'a kill' : exitCode > 128 && exitCode < 160 ? 'a signal' : 'itself'
}

import { type Category, categories, type Diagnosis, type Phase } from '../../model/diagnosis.ts'
import { bar, type Vote, vote } from './classify/category.ts'
import type { Facts } from './classify/evidence.ts'
import { seenByRunner } from './classify/observed.ts'
import { phaseOf } from './classify/phase.ts'
import { sentenceOf } from './classify/sentence.ts'
import { testsOf, toolOf } from './classify/tests.ts'
import { transienceOf } from './classify/transience.ts'
import { excerptsOf } from './logs/excerpts.ts'
import { fingerprintOf } from './logs/fingerprint.ts'
import { masked } from './logs/mask.ts'
import { exitLine, failedSection, type Ranked, rank } from './logs/rank.ts'
import type { LogReading } from './logs/reading.ts'

/** What broke, where, why, and how sure: from the reading of a log and what else is known. Pure. */
export function diagnose(reading: LogReading, facts: Facts = {}): Diagnosis {
  const ranked = rank(newHits(reading, facts.passed), reading)
  const seen = seenByRunner(facts, reading)
  const read = vote(ranked, failedSection(reading.sections, exitLine(ranked, reading.sections)))
  const votes = seen === undefined ? read : withSeen(read, seen)
  const top = votes[0]
  const abstained = top === undefined || top.p < bar
  const category = refined(abstained ? 'unknown' : top.category, facts)
  const best = bestFor(category, ranked)
  const excerpts = excerptsOf(reading, best === undefined ? ranked : [best, ...ranked.filter((each) => each !== best)])
  const location = locationOf(best)
  const tests = testsOf(reading.results, ranked)
  const tool = toolOf(reading.results, best?.pattern.tool)
  const { outcome, owner } = categories[category]
  const exitCode = facts.observed?.exitCode ?? exitCodeOf(reading, ranked)
  const retryAfter = ranked.map(({ hit }) => hit.groups.retryAfter).find((seconds) => seconds !== undefined)
  return {
    schema: 'mendline.diagnosis/1',
    log: { ci: reading.ci, lines: reading.lines, bytes: reading.bytes },
    excerpts,
    category,
    confidence: abstained ? 1 - (top?.p ?? 0) : top.p,
    abstained,
    categories: votes.slice(0, 5),
    phase: phaseOfFailure(reading, ranked, best, facts),
    outcome,
    owner,
    transience: transienceOf(category, best, facts.history),
    fingerprint: fingerprintOf({
      category,
      tool: best?.pattern.tool,
      lines: best === undefined ? (excerpts[0]?.text ?? []) : [best.hit.text],
    }),
    ...(tool === undefined ? {} : { tool }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(location === undefined ? {} : { location }),
    ...tests,
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: Number(retryAfter) }),
    sentence: seen?.category === category ? seen.sentence : sentenceOf(category, best, location, tests.tests?.failing ?? []),
    evidence: [
      ...(seen?.evidence ?? []),
      ...reasons(best === undefined ? ranked : [best, ...ranked]),
      ...(reading.problem === undefined ? [] : [reading.problem.sentence]),
    ],
  }
}

/** Does the log itself show that something failed? A log of a job that passed has neither a bad exit nor a cause. */
export function showsFailure(reading: LogReading, { category, abstained }: Diagnosis, passed?: LogReading): boolean {
  const ranked = rank(newHits(reading, passed), reading)
  const exit = exitLine(ranked, reading.sections) !== undefined
  return exit || (!abstained && category !== 'unknown') || ranked.some(({ score }) => score >= 0.3)
}

/** What stands in a log that passed did not break the one that failed. */
function newHits(reading: LogReading, passed: LogReading | undefined): LogReading['hits'] {
  if (passed === undefined) return reading.hits
  const known = new Set(passed.hits.map(({ text }) => masked(text)))
  return reading.hits.filter(({ text }) => !known.has(masked(text)))
}

/** A failing test whose job passed at the same commit is flaky: nothing but luck differed. */
function refined(category: Category, { history }: Facts): Category {
  return category === 'code.test' && history?.passedAtSameCommit === true ? 'test.flaky' : category
}

function withSeen(votes: readonly Vote[], seen: { category: Category; p: number }): readonly Vote[] {
  const rest = votes.filter(({ category }) => category !== seen.category)
  return [{ category: seen.category, p: seen.p }, ...rest.map(({ category, p }) => ({ category, p: p * (1 - seen.p) }))]
}

/** The best line of the category; of any category when there is none, for something must be shown. */
function bestFor(category: Category, ranked: readonly Ranked[]): Ranked | undefined {
  const showable = ranked.filter(({ pattern }) => pattern.role === 'cause' || pattern.role === 'hint')
  return (
    showable.find(({ pattern }) => pattern.category === category) ??
    (category.startsWith('test.') ? showable.find(({ pattern }) => pattern.category === 'code.test') : undefined) ??
    showable[0]
  )
}

/** The best reason of each line, the best lines first. */
function reasons(ranked: readonly Ranked[]): readonly string[] {
  const byLine = new Map<number, string>()
  for (const { hit, pattern, why } of ranked)
    if (!byLine.has(hit.line) && byLine.size < 5) byLine.set(hit.line, `line ${hit.line}: ${why} (${pattern.id})`)
  return [...byLine.values()]
}

function locationOf(best: Ranked | undefined): Diagnosis['location'] {
  const { file, line, column } = best?.hit.groups ?? {}
  if (file === undefined || line === undefined) return undefined
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) }
}

function exitCodeOf({ sections }: LogReading, ranked: readonly Ranked[]): number | undefined {
  const code = ranked.map(({ hit }) => hit.groups.exitCode).find((text) => text !== undefined && text !== '0')
  if (code !== undefined) return Number(code)
  return sections.findLast(({ exitCode }) => exitCode !== undefined && exitCode !== 0)?.exitCode
}

function phaseOfFailure(reading: LogReading, ranked: readonly Ranked[], best: Ranked | undefined, facts: Facts): Phase {
  const step = facts.stepNames?.map(phaseOf).find((phase) => phase !== undefined)
  const section = failedSection(reading.sections, exitLine(ranked, reading.sections))
  return step ?? section?.phase ?? best?.pattern.phase ?? 'build'
}

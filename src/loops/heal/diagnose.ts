import { type Category, categories, type Diagnosis, type Phase } from '../../model/diagnosis.ts'
import type { Vote } from './classify/category.ts'
import { type CauseModel, causeModel, causeProbabilities, vectorOf } from './classify/cause-model.ts'
import { conceptsIn } from './classify/concepts.ts'
import { distribution } from './classify/distribution.ts'
import type { Facts } from './classify/evidence.ts'
import { featuresOf } from './classify/features.ts'
import { type Gathered, gather, newHits } from './classify/gather.ts'
import { moving } from './classify/moving.ts'
import { seenByRunner } from './classify/observed.ts'
import { phaseOf } from './classify/phase.ts'
import { sentenceOf } from './classify/sentence.ts'
import { testsOf, toolOf } from './classify/tests.ts'
import { transienceOf } from './classify/transience.ts'
import type { LineModel } from './locate/model.ts'
import { fingerprintOf } from './logs/fingerprint.ts'
import { exitLine, type Ranked, rank } from './logs/rank.ts'
import type { LogReading } from './logs/reading.ts'
import { sayNewLines } from './new-lines.ts'
import { namedCategory, signatureEvidence, signatureSentence } from './signatures/evidence.ts'
import { withSignatures } from './signatures/shown.ts'

/** What decides beside rules: as shipped unless a version is given. */
export interface Models {
  readonly causes?: CauseModel | undefined
  readonly lines?: LineModel | undefined
}

/** Below this the answer is `unknown`: rather no answer than a guess. */
const bar = 0.3
const worthListing = 0.002

/** What broke, where, why, and how sure: from the reading of a log and what else is known. Pure. */
export function diagnose(reading: LogReading, facts: Facts = {}, models: Models = {}): Diagnosis {
  return diagnosisOf(gather(reading, facts, models.lines), facts, models)
}

/** From what was gathered of a log already. */
export function diagnosisOf(gathered: Gathered, facts: Facts = {}, models: Models = {}): Diagnosis {
  const { reading, ranked, exitCode } = gathered
  const model = models.causes ?? causeModel()
  const features = featuresOf(gathered)
  const read = distribution(causeProbabilities(model, vectorOf(features)), gathered.votes)
  const signatures = reading.signatures ?? []
  const named = namedCategory(signatures)
  const seen = seenByRunner(facts, reading)
  const belief = withSeen(withSeen(read, named), seen)
  const top = belief[0]
  const told = named !== undefined || seen !== undefined
  const abstained = top === undefined || top.p < bar || (!told && saysNothing(gathered))
  const category = refined(abstained ? 'unknown' : top.category, facts)
  const best = bestFor(category, ranked)
  const location = locationOf(best, ranked)
  const excerpts = withSignatures(gathered.excerpts, reading)
  const tests = testsOf(reading.results, ranked)
  const broke = best?.pattern.tool
  const tool = toolOf(reading.results, broke)
  const { outcome, owner } = categories[category]
  const retryAfter = ranked.map(({ hit }) => hit.groups.retryAfter).find((seconds) => seconds !== undefined)
  return {
    schema: 'mendline.diagnosis/1',
    log: { ci: reading.ci, lines: reading.lines, bytes: reading.bytes },
    excerpts,
    category,
    confidence: top?.p ?? 0,
    abstained,
    categories: belief.filter(({ p }, index) => index < 5 || p >= worthListing).slice(0, 15),
    phase: phaseOfFailure(gathered, best, facts),
    outcome,
    owner,
    transience: transienceOf(category, best, facts.history),
    fingerprint: fingerprintOf({
      category,
      tool: broke,
      lines: best === undefined ? (excerpts[0]?.text ?? []) : [best.hit.text],
      failing: category === 'code.test' || category.startsWith('test.') ? tests.tests?.failing : [],
      signature: signatures[0]?.id,
    }),
    ...(tool === undefined ? {} : { tool }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(reading.ending === undefined ? {} : { ending: reading.ending }),
    ...(location === undefined ? {} : { location }),
    ...tests,
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: Number(retryAfter) }),
    ...(signatures.length === 0 ? {} : { signatures: signatures.map(({ id, line, count }) => ({ id, line, count })) }),
    sentence:
      seen?.category === category
        ? seen.sentence
        : (signatureSentence(signatures, category) ??
          sentenceOf({ category, best, location, failing: tests.tests?.failing ?? [], excerpts, belief })),
    evidence: [
      ...(seen?.evidence ?? []),
      ...signatureEvidence(signatures),
      ...sayNewLines(reading, excerpts, facts),
      ...reasons(best === undefined ? ranked : [best, ...ranked]),
      ...(abstained ? [] : moving(model, features, category)),
      ...(reading.problem === undefined ? [] : [reading.problem.sentence]),
    ],
  }
}

/** No line that looks like an error; no command that failed with a word of the trade near: nothing to go by. */
function saysNothing({ ranked, excerpts, exit }: Gathered): boolean {
  const speaks = ranked.some(
    ({ pattern, score }) => score >= 0.1 && (pattern.role === 'cause' || pattern.role === 'hint'),
  )
  return !speaks && (exit === undefined || conceptsIn(excerpts.flatMap(({ text }) => text)).size === 0)
}

/** Does the log itself show that something failed? A log of a job that passed has neither a bad exit nor a cause. */
export function showsFailure(reading: LogReading, { category, abstained }: Diagnosis, passed?: LogReading): boolean {
  const ranked = rank(newHits(reading, passed), reading)
  const exit = exitLine(ranked, reading.sections) !== undefined
  return exit || (!abstained && category !== 'unknown') || ranked.some(({ score }) => score >= 0.3)
}

/** A failing test whose job passed at the same commit is flaky: nothing but luck differed. */
function refined(category: Category, { history }: Facts): Category {
  return category === 'code.test' && history?.passedAtSameCommit === true ? 'test.flaky' : category
}

function withSeen(votes: readonly Vote[], seen: { category: Category; p: number } | undefined): readonly Vote[] {
  if (seen === undefined) return votes
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

/** What shows the category comes first. */
/** The best reason of each line, the best lines first. */
function reasons(ranked: readonly Ranked[]): readonly string[] {
  const byLine = new Map<number, string>()
  for (const { hit, pattern, why } of ranked)
    if (!byLine.has(hit.line) && byLine.size < 5) byLine.set(hit.line, `line ${hit.line}: ${why} (${pattern.id})`)
  return [...byLine.values()]
}

const near = 8

/** The place that the line names, or else one that is told close by it. */
function locationOf(best: Ranked | undefined, ranked: readonly Ranked[]): Diagnosis['location'] {
  if (best === undefined) return undefined
  const close = ranked.filter(({ hit }) => Math.abs(hit.line - best.hit.line) <= near)
  const told = [best, ...close].find(({ hit }) => hit.groups.file !== undefined && hit.groups.line !== undefined)
  const { file, line, column } = told?.hit.groups ?? {}
  if (file === undefined || line === undefined) return undefined
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) }
}

function phaseOfFailure({ section }: Gathered, best: Ranked | undefined, facts: Facts): Phase {
  const step = facts.stepNames?.map(phaseOf).find((phase) => phase !== undefined)
  return step ?? section?.phase ?? best?.pattern.phase ?? 'build'
}

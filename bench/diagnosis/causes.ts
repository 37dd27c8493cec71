import { beside, crossFit } from '../../src/loops/heal/classify/fit.ts'
import type { Gathered } from '../../src/loops/heal/classify/gather.ts'
import { looksAt, prepare, type TrainingCase } from '../../src/loops/heal/classify/training-case.ts'
import { diagnosisOf } from '../../src/loops/heal/diagnose.ts'
import { bootstrap } from '../../src/loops/heal/learn/bootstrap.ts'
import {
  accuracy,
  accuracyAtCoverage,
  asForecast,
  calibrationError,
  type Forecast,
  f1ByLabel,
  type Judged,
  macroF1,
  reliability,
} from '../../src/loops/heal/learn/measures.ts'
import type { Diagnosis } from '../../src/model/diagnosis.ts'
import { causesOf } from './cause-words.ts'
import type { Data } from './data.ts'
import { type Figure, percent, withInterval } from './figure.ts'
import { type LabelledCase, labelledCases } from './labelled.ts'
import { lessons } from './lessons.ts'
import { unseenModels } from './lines.ts'

interface Answered extends Judged {
  readonly id: string
  readonly project: string
  readonly abstained: boolean
  readonly forecasts: readonly Forecast[]
  readonly evidence: string
}

/** The cause that `mendline diagnose` names, by models that never saw the project they are judged on. */
export async function measure(data: Data): Promise<readonly Figure[]> {
  const cases = await labelledCases(data, await unseenModels(data))
  if (cases.length === 0) return []
  const { known, strange } = answers(cases, await lessons())
  const from = (source: string, answered = known): readonly Answered[] =>
    answered.filter((_answer, index) => cases[index]?.source === source)
  const figures: Figure[] = []
  const chunks = from('logchunks')
  if (chunks.length > 0) {
    figures.push(
      figure('cause, LogChunks: accuracy', chunks, accuracy, '.53', 0.78),
      figure('cause, LogChunks: macro-F1', chunks, macroF1, '.25', 0.62),
      figure('  accuracy at 80 % coverage', chunks, (some) => accuracyAtCoverage(some, 0.8), '–', 0.9),
      figure('  calibration: ECE over all categories', chunks, overAll, '–', 0.03, 'lower'),
      figure('  calibration: ECE of the leading category', chunks, ofTheLeading, '–', 0.03, 'lower'),
      {
        what: '  abstained',
        measured: percent(share(chunks, ({ abstained }) => abstained)),
        baseline: '–',
        reach: '–',
        reached: true,
      },
    )
  }
  const strangers = from('logchunks', strange)
  if (strangers.length > 0) {
    figures.push(
      figure('the same without patterns that hit in no other project: accuracy', strangers, accuracy, '–', 0.78),
      figure('  macro-F1', strangers, macroF1, '–', 0.62),
      figure('  accuracy at 80 % coverage', strangers, (some) => accuracyAtCoverage(some, 0.8), '–', 0.9),
      figure('  ECE over all categories', strangers, overAll, '–', 0.03, 'lower'),
      figure('  ECE of the leading category', strangers, ofTheLeading, '–', 0.03, 'lower'),
    )
  }
  const maven = from('bump')
  if (maven.length > 0) figures.push(figure('cause, BUMP: accuracy', maven, accuracy, '.965', 0.97))
  return figures
}

/** For people who want to see what is still wrong, as if each project were strange to the patterns. */
export async function explain(data: Data): Promise<string> {
  const cases = await labelledCases(data, await unseenModels(data))
  const { known, strange } = answers(cases, await lessons())
  return [known, strange]
    .flatMap((answered) =>
      ['logchunks', 'bump', 'labels'].map((source) =>
        answered.filter((_answer, index) => cases[index]?.source === source),
      ),
    )
    .filter((some) => some.length > 0)
    .flatMap((some) => [
      `${some.length} logs: accuracy ${accuracy(some).toFixed(3)}, macro-F1 ${macroF1(some).toFixed(3)}, at 80 % ${accuracyAtCoverage(some, 0.8).toFixed(3)}, ` +
        `ECE ${ofTheLeading(some).toFixed(3)} leading, ${overAll(some).toFixed(3)} over all, abstained ${percent(share(some, ({ abstained }) => abstained))}`,
      ...reliability(some.map(asForecast)).map(
        ({ said, happened, weight }) =>
          `  said ${said.toFixed(2)}, right ${happened.toFixed(2)} of ${weight.toFixed(1)}`,
      ),
      ...f1ByLabel(some).map(
        ({ label, weight, precision, recall, f1 }) =>
          `  ${label} (${weight.toFixed(1)}): P ${precision.toFixed(2)}, R ${recall.toFixed(2)}, F1 ${f1.toFixed(2)}`,
      ),
      ...some
        .filter(({ right }) => !right)
        .map(
          ({ truth, said, confidence, weight, id, evidence }) =>
            `  ${truth} <- ${said} ${confidence.toFixed(2)} | ${weight.toFixed(2)} | ${id} | ${evidence.slice(0, 160)}`,
        ),
    ])
    .join('\n')
}

function answers(
  cases: readonly LabelledCase[],
  taught: readonly TrainingCase[],
): { known: readonly Answered[]; strange: readonly Answered[] } {
  const sizes = Map.groupBy(cases, ({ group }) => group)
  const looks = looksAt(cases)
  const { folds, models } = crossFit(prepare(cases, looks), beside(taught))
  const answersTo = (look: (one: LabelledCase) => Gathered): readonly Answered[] =>
    cases.map((each, index) => {
      const diagnosis = diagnosisOf(look(each), {}, { causes: models[folds[index] ?? 0] })
      return answered(each, diagnosis, 1 / (sizes.get(each.group)?.length ?? 1))
    })
  return { known: answersTo(looks.known), strange: answersTo(looks.strange) }
}

function answered({ id, project, cause, also }: LabelledCase, diagnosis: Diagnosis, weight: number): Answered {
  const counts = (word: string): boolean => word === cause || also.includes(word)
  const said = causesOf(diagnosis.category)
  const p = new Map<string, number>()
  for (const each of diagnosis.categories) {
    const word = causesOf(each.category)[0] ?? 'none'
    p.set(word, (p.get(word) ?? 0) + each.p)
  }
  return {
    id,
    project,
    truth: cause,
    said: said[0] ?? 'none',
    right: said.some(counts),
    confidence: diagnosis.confidence,
    weight,
    abstained: diagnosis.abstained,
    evidence: diagnosis.evidence.join(' ; '),
    // A word that counts as right beside the truth is neither true nor false.
    forecasts: words
      .filter((word) => !also.some((other) => asSaid(other) === word))
      .map((word) => ({ p: p.get(word) ?? 0, happened: word === asSaid(cause), weight })),
  }
}

/** The same category says both. */
function asSaid(word: string): string {
  return word === 'quality_gate' ? 'lint_or_content_rule' : word
}

/** What can be said. */
const words = [
  'test_failure',
  'test_flaky_evidence',
  'compile_error',
  'lint_or_content_rule',
  'external_link_check',
  'crash',
  'dependency',
  'pipeline_config',
  'infrastructure_environment',
  'credentials',
  'network_or_remote_service',
  'vcs_checkout',
  'timeout',
  'out_of_memory',
  'cancelled',
]

function overAll(some: readonly Answered[]): number {
  return calibrationError(some.flatMap(({ forecasts }) => forecasts))
}

function ofTheLeading(some: readonly Answered[]): number {
  return calibrationError(some.map(asForecast))
}

function share(some: readonly Answered[], is: (one: Answered) => boolean): number {
  const sum = (list: readonly Answered[]): number => list.reduce((total, { weight }) => total + weight, 0)
  return sum(some.filter(is)) / sum(some)
}

function figure(
  what: string,
  answered: readonly Answered[],
  measured: (some: readonly Answered[]) => number,
  baseline: string,
  goal: number,
  better: 'higher' | 'lower' = 'higher',
): Figure {
  const projects = [...Map.groupBy(answered, ({ project }) => project).values()]
  const value = measured(answered)
  const interval = bootstrap(projects, (drawn) => measured(drawn.flat()), { rounds: 500 })
  return {
    what,
    measured: withInterval(value, interval),
    baseline,
    reach: `${better === 'higher' ? '≥' : '≤'} ${String(goal).replace(/^0/, '')}`,
    reached: better === 'higher' ? value >= goal : value <= goal,
  }
}

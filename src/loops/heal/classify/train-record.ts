import type { ModelRecord } from '../../../contract/learning.ts'
import { bootstrap } from '../learn/bootstrap.ts'
import {
  accuracy,
  accuracyAtCoverage,
  asForecast,
  brier,
  calibrationError,
  confusion,
  type Forecast,
  type Judged,
  macroF1,
  reliability,
} from '../learn/measures.ts'
import { type Cause, causeNames } from './causes.ts'
import type { Prepared } from './training-case.ts'

/** What a model that did not see the case said of it. */
export interface Answer {
  readonly prepared: Prepared
  readonly p: ReadonlyMap<Cause, number>
  readonly said: Cause
  readonly right: boolean
}

/** What a model was trained on and what it reached on projects it did not see, with intervals over projects. */
export function recordOf(answers: readonly Answer[]): ModelRecord {
  const judged = answers.map(judgedOf)
  const { labels, counts } = confusionTable(judged)
  return {
    trainedOn: [...Map.groupBy(answers, ({ prepared }) => prepared.source)].map(([source, of]) => ({
      source,
      cases: of.length,
      projects: new Set(of.map(({ prepared }) => prepared.project)).size,
    })),
    split: 'five folds by project; each signature counts once; intervals by bootstrap over projects',
    figures: [
      figure('accuracy', 'higher', answers, (some) => accuracy(some.map(judgedOf))),
      figure('macro-F1', 'higher', answers, (some) => macroF1(some.map(judgedOf))),
      figure('accuracy at 80 % coverage', 'higher', answers, (some) => accuracyAtCoverage(some.map(judgedOf), 0.8)),
      figure('ECE of the answer', 'lower', answers, (some) =>
        calibrationError(some.map((one) => asForecast(judgedOf(one)))),
      ),
      figure('ECE over all causes', 'lower', answers, (some) => calibrationError(some.flatMap(forecastsOf))),
      figure('Brier', 'lower', answers, (some) =>
        brier(some.map((one) => ({ forecasts: forecastsOf(one), weight: one.prepared.weight }))),
      ),
      ...byTime(answers),
    ],
    reliability: reliability(judged.map(asForecast)).map(({ said, happened, weight }) => ({
      confidence: said,
      accuracy: happened,
      weight,
    })),
    confusion: { labels, counts },
    notes: [],
  }
}

function judgedOf({ prepared, p, said, right }: Answer): Judged {
  return {
    truth: causeNames[prepared.label] ?? 'test',
    said,
    right,
    confidence: p.get(said) ?? 0,
    weight: prepared.weight,
  }
}

function forecastsOf({ prepared, p }: Answer): readonly Forecast[] {
  return causeNames.map((cause, label) => ({
    p: p.get(cause) ?? 0,
    happened: label === prepared.label,
    weight: prepared.weight,
  }))
}

const rounds = 300

function figure(
  name: string,
  better: 'higher' | 'lower',
  answers: readonly Answer[],
  measure: (some: readonly Answer[]) => number,
): ModelRecord['figures'][number] {
  const projects = [...Map.groupBy(answers, ({ prepared }) => prepared.project).values()]
  const [low, high] = bootstrap(projects, (drawn) => measure(drawn.flat()), { rounds })
  return { name, value: measure(answers), low: finite(low), high: finite(high), better }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** The newest fifth for itself: a model that only knows the past shows it there. */
function byTime(answers: readonly Answer[]): readonly ModelRecord['figures'][number][] {
  const dated = answers
    .filter(({ prepared }) => prepared.at !== undefined)
    .toSorted((a, b) => (a.prepared.at ?? '').localeCompare(b.prepared.at ?? ''))
  const newest = dated.slice(Math.floor(dated.length * 0.8))
  if (newest.length < 20) return []
  return [figure('accuracy on the newest fifth', 'higher', newest, (some) => accuracy(some.map(judgedOf)))]
}

function confusionTable(judged: readonly Judged[]): { labels: string[]; counts: number[][] } {
  const cells = confusion(judged)
  const labels = causeNames.filter((name) => cells.some(({ truth, said }) => truth === name || said === name))
  const counts = labels.map((truth) =>
    labels.map((said) => cells.find((cell) => cell.truth === truth && cell.said === said)?.weight ?? 0),
  )
  return { labels, counts: counts.map((row) => row.map((count) => Number(count.toFixed(3)))) }
}

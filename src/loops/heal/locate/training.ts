import type { ModelRecord } from '../../../contract/learning.ts'
import type { TrainingCase } from '../classify/training-case.ts'
import { bootstrap } from '../learn/bootstrap.ts'
import { type Agreement, agreement } from './agreement.ts'
import { chosenRanges } from './chosen.ts'
import { lessonOf } from './examples.ts'
import { lineModel, type PackedLineModel, packLineModel } from './line-model.ts'
import { type LogLines, logLines } from './log-lines.ts'
import { type LineModel, type RegionScorer, type Weighed, weigh } from './model.ts'
import { type LineCase, type Span, trainLines } from './train.ts'

/** A labelled log, with lines that count neither for nor against where the data names such. */
export interface MarkedCase extends TrainingCase {
  readonly neutral?: readonly Span[] | undefined
}

/** What is given beside the log: nothing, earlier marked logs of the repository, or a log that passed. */
export type Aid = 'alone' | 'examples' | 'passed'

export interface AidedCase extends LineCase {
  readonly id: string
  readonly source: string
  readonly aid: Aid
}

/** What a model said of one log when it had not learnt from the log's project. */
export interface HeldLog extends Agreement {
  readonly id: string
  readonly project: string
  readonly source: string
  readonly aid: Aid
}

const mostExamples = 5

/** Each marked log as often as it can be met: alone, after earlier ones of its repository, beside one that passed. */
function aided(cases: readonly MarkedCase[]): readonly AidedCase[] {
  const marked = cases.filter(({ spans = [] }) => spans.length > 0)
  const read = marked.map(
    ({ id, project, source, reading, passed, spans = [], neutral, weight = 1 }): AidedCase & { green?: LogLines } => ({
      id,
      project,
      source,
      aid: 'alone',
      lines: logLines(reading, { whole: true }),
      spans,
      neutral,
      known: {},
      weight: passed === undefined ? weight : weight / 2,
      ...(passed === undefined ? {} : { green: logLines(passed, { whole: true }) }),
    }),
  )
  const besides = read.flatMap((each): AidedCase[] =>
    each.green === undefined ? [] : [{ ...each, aid: 'passed', known: { passed: each.green } }],
  )
  const later = [...Map.groupBy(read, ({ project }) => project).values()].flatMap((list) => {
    const inTime = list.toSorted((a, b) => natural.compare(a.id, b.id))
    return inTime.slice(1).map((each, before): AidedCase => {
      const earlier = inTime.slice(Math.max(0, before + 1 - mostExamples), before + 1)
      return { ...each, aid: 'examples', known: { lesson: lessonOf(earlier) } }
    })
  })
  const alone = read.map((each, index): AidedCase => {
    const { reading } = marked[index] as MarkedCase
    return { ...each, lines: logLines(reading) }
  })
  return [...alone, ...later, ...besides]
}

/** Ids of logs grow with time where they end in a number. */
const natural = new Intl.Collator('en', { numeric: true })

export interface TrainedLines {
  readonly model: LineModel | undefined
  readonly held: readonly HeldLog[]
  /** Of each project a model that did not learn from it. */
  readonly strangers: ReadonlyMap<string, LineModel>
}

/** Trains on marked logs; what it holds of each comes from models that had not seen its project. */
export function learnLines(
  cases: readonly MarkedCase[],
  options: { readonly tell?: (what: string) => void; readonly measureOnly?: boolean } = {},
): TrainedLines {
  const all = aided(cases)
  const { model, held } = trainLines(all, options)
  return {
    model,
    held: held.map(({ weighed, model: stranger }, index) => {
      const each = all[index] as AidedCase
      const { id, project, source, aid } = each
      return { id, project, source, aid, ...agreed(each, weighed, stranger.regions) }
    }),
    strangers: new Map(held.map(({ model: stranger }, index) => [all[index]?.project ?? '', stranger])),
  }
}

function agreed({ lines, spans, neutral, known }: LineCase, weighed: Weighed, regions: RegionScorer): Agreement {
  const ranges = chosenRanges(lines, weighed, regions, known)
  return agreement(
    ranges.map(({ from, to }) => ({ start: lines.numbers[from] ?? 0, end: lines.numbers[to] ?? 0 })),
    spans,
    neutral,
  )
}

/** A number over logs: the mean of a project's logs first, then of the projects. */
export function overProjects(
  logs: readonly HeldLog[],
  value: (log: HeldLog) => number,
): readonly [number, readonly [number, number]] {
  const projects = [...Map.groupBy(logs, ({ project }) => project).values()]
  const mean = (drawn: readonly (readonly HeldLog[])[]): number =>
    drawn.reduce((sum, list) => sum + list.reduce((all, log) => all + value(log), 0) / list.length, 0) / drawn.length
  return [mean(projects), bootstrap(projects, mean)]
}

const aids: readonly (readonly [Aid, string])[] = [
  ['alone', 'the log alone'],
  ['examples', 'with earlier marked logs'],
  ['passed', 'with a log that passed'],
]
const values: readonly (readonly [string, (log: HeldLog) => number])[] = [
  ['F1 of lines', ({ f1 }) => f1],
  ['overlap', ({ overlaps }) => (overlaps ? 1 : 0)],
  ['first range inside', ({ startsInside }) => (startsInside ? 1 : 0)],
]

/** A model of lines as `mendline train` makes it. */
export function trainLineModel(cases: readonly MarkedCase[]): {
  readonly weights: PackedLineModel
  readonly record: ModelRecord
  readonly held: ReadonlyMap<string, { readonly p: number; readonly right: boolean }>
} {
  const { model, held } = learnLines(cases)
  if (model === undefined) throw new Error('a model of lines was only measured, not trained')
  return { weights: packLineModel(model), record: recordOf(held), held: answers(held) }
}

/** What a model says of marked logs. */
export function judgeLines(weights: unknown, cases: readonly MarkedCase[]): ReturnType<typeof answers> {
  const model = lineModel(weights)
  return answers(
    aided(cases)
      .filter(({ aid }) => aid === 'alone')
      .map((each) => {
        const { id, project, source, aid } = each
        return { id, project, source, aid, ...agreed(each, weigh(model.lines, each.lines, each.known), model.regions) }
      }),
  )
}

export function answers(
  held: readonly HeldLog[],
): ReadonlyMap<string, { readonly p: number; readonly right: boolean }> {
  return new Map(
    held.filter(({ aid }) => aid === 'alone').map(({ id, f1, startsInside }) => [id, { p: f1, right: startsInside }]),
  )
}

export function recordOf(held: readonly HeldLog[]): ModelRecord {
  const alone = held.filter(({ aid }) => aid === 'alone')
  return {
    trainedOn: [...Map.groupBy(alone, ({ source }) => source)].map(([source, logs]) => ({
      source,
      cases: logs.length,
      projects: new Set(logs.map(({ project }) => project)).size,
    })),
    split: 'five folds; all logs of a project in one fold',
    figures: aids.flatMap(([aid, how]) => {
      const logs = held.filter((log) => log.aid === aid)
      if (logs.length === 0) return []
      return values.map(([name, value]) => {
        const [mean, [low, high]] = overProjects(logs, value)
        return { name: `${name}, ${how}`, value: mean, low, high, better: 'higher' as const }
      })
    }),
    reliability: [],
    confusion: null,
    notes: ['Mean per project, then over projects; intervals by bootstrap over projects.'],
  }
}

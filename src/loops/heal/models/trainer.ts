import type { ModelKind, ModelRecord } from '../../../contract/learning.ts'
import { causeModel } from '../classify/cause-model.ts'
import { causeOfLabel } from '../classify/causes.ts'
import { judgeCauses, trainCauses } from '../classify/train.ts'
import { judgeLines, type MarkedCase, trainLineModel } from '../locate/training.ts'
import type { MeasureWords } from './compare.ts'

/** What a model said of a case that it had not learnt from. */
export interface Answer {
  /** How much of the truth it told, 0 to 1. */
  readonly p: number
  readonly right: boolean
}

/** By the id of the case; a case whose label says nothing for this kind of model has no answer. */
export type Answers = ReadonlyMap<string, Answer>

export interface Trained {
  readonly weights: unknown
  readonly record: ModelRecord
  /** Of models that had not seen the project of the case. */
  readonly held: Answers
}

/** One kind of model, as it is trained and judged. Pure, and the same cases give the same model. */
export interface Trainer {
  readonly kind: ModelKind
  readonly words: MeasureWords
  /** Does the label of the case say what this kind of model learns? */
  learnsFrom(labelled: MarkedCase): boolean
  /** With `from` the new model starts from those weights and leaves them only where the cases speak. */
  train(cases: readonly MarkedCase[], from: unknown): Trained
  /** What the model of these weights says of cases. Throws when the weights are of another form than ours. */
  judge(weights: unknown, cases: readonly MarkedCase[]): Answers
}

const causes: Trainer = {
  kind: 'causes',
  words: { right: 'accuracy', p: 'belief in the truth' },
  learnsFrom: ({ category, cause }) => causeOfLabel(category ?? cause ?? '') !== undefined,
  train: (cases, from) => trainCauses(cases, from === undefined ? {} : { from: causeModel(from) }),
  judge: (weights, cases) => judgeCauses(causeModel(weights), cases),
}

/** Trees have no way to start from other trees: a model of lines is always learnt from all its cases. */
const lines: Trainer = {
  kind: 'lines',
  words: { right: 'first range inside the failing part', p: 'F1 of lines' },
  learnsFrom: ({ spans = [] }) => spans.length > 0,
  train: (cases) => trainLineModel(cases),
  judge: (weights, cases) => judgeLines(weights, cases),
}

export const trainers: Record<ModelKind, Trainer> = { causes, lines }

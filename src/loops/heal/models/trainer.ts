import type { ModelKind, ModelRecord } from '../../../contract/learning.ts'
import { causeModel } from '../classify/cause-model.ts'
import { judgeCauses, trainCauses } from '../classify/train.ts'
import type { TrainingCase } from '../classify/training-case.ts'

/** What a model said of a case that it had not learnt from. */
export interface Answer {
  /** What it gave to the truth, 0 to 1. */
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
  /** With `from` the new model starts from those weights and leaves them only where the cases speak. */
  train(cases: readonly TrainingCase[], from: unknown): Trained
  /** What the model of these weights says of cases. Throws when the weights are of another form than ours. */
  judge(weights: unknown, cases: readonly TrainingCase[]): Answers
}

const causes: Trainer = {
  kind: 'causes',
  train: (cases, from) => trainCauses(cases, from === undefined ? {} : { from: causeModel(from) }),
  judge: (weights, cases) => judgeCauses(causeModel(weights), cases),
}

export const trainers: Partial<Record<ModelKind, Trainer>> = { causes }

import type { ModelRecord } from '../../../contract/learning.ts'
import { type CauseModel, type CauseWeights, causeProbabilities, packCauses } from './cause-model.ts'
import { causeNames } from './causes.ts'
import { beside, crossFit, fitCauses } from './fit.ts'
import { type Answer, recordOf } from './train-record.ts'
import { type Prepared, prepare, type TrainingCase } from './training-case.ts'

/** Out-of-fold answers by case: the probability given to the truth, and whether the likeliest cause was right. */
export type HeldAnswers = ReadonlyMap<string, { readonly p: number; readonly right: boolean }>

export interface TrainedCauses {
  readonly weights: CauseWeights
  readonly record: ModelRecord
  readonly held: HeldAnswers
}

/**
 * Learns causes from labelled cases. With `from` the new model is held to that one, so that a few corrections move it
 * where they speak and nowhere else. The figures come from models that never saw the project they are judged on.
 */
export function trainCauses(
  cases: readonly TrainingCase[],
  { from, lessons }: { readonly from?: CauseModel; readonly lessons?: readonly TrainingCase[] } = {},
): TrainedCauses {
  const prepared = prepare(cases)
  const known = beside(lessons, from)
  const { folds, models, calibration } = crossFit(prepared, known)
  const answers = prepared.map((each, index) => answerOf(models[folds[index] ?? 0], each))
  return {
    weights: packCauses(fitCauses(prepared, calibration, known)),
    record: recordOf(answers),
    held: heldOf(answers),
  }
}

/** What a model that is there already says of these cases. It must not have learnt from them. */
export function judgeCauses(model: CauseModel, cases: readonly TrainingCase[]): HeldAnswers {
  return heldOf(prepare(cases).map((each) => answerOf(model, each)))
}

function answerOf(model: CauseModel | undefined, prepared: Prepared): Answer {
  const p = model === undefined ? new Map() : causeProbabilities(model, prepared.seen)
  const said = causeNames.toSorted((a, b) => (p.get(b) ?? 0) - (p.get(a) ?? 0))[0] ?? 'test'
  return { prepared, p, said, right: prepared.right.has(said) }
}

function heldOf(answers: readonly Answer[]): HeldAnswers {
  return new Map(
    answers.map(({ prepared, p, right }) => [
      prepared.id,
      { p: Math.max(...[...prepared.right].map((cause) => p.get(cause) ?? 0)), right },
    ]),
  )
}

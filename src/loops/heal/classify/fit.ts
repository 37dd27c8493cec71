import { type Calibration, fitCalibration, type Held } from '../learn/calibrate.ts'
import { foldsBy } from '../learn/folds.ts'
import { hash32, type SparseVector } from '../learn/hash.ts'
import { type Example, logits, type SoftmaxWeights, trainSoftmax } from '../learn/softmax.ts'
import { type CauseModel, dimensions } from './cause-model.ts'
import { causeNames } from './causes.ts'
import { voteFeature } from './features.ts'
import { patternCases } from './pattern-cases.ts'
import { type Prepared, prepare, type TrainingCase } from './training-case.ts'

const labels = causeNames.length
/** How strongly the model is held to the patterns' votes, with which it starts. */
const l2 = 2e-3
/** How far the votes are believed before anything is learnt: those of the whole log, and those from its end. */
const voteWeights = { '': 0.6, 'near ': 0.3 } as const
/** What only a project or two say is theirs, and would mislead on others. */
const fewestProjects = 3
/** What the labelled lines count beside what Mendline found by itself. */
const shownWeight = 1
/** So that it also learns to do without the patterns that know a project too well. */
const strangeWeight = 1

/** A model of all these cases, as honest as models of parts of them were about the rest. */
export function fitCauses(cases: readonly Prepared[], calibration: Calibration, beside: Beside): CauseModel {
  return { weights: weightsOf(cases, beside), calibration }
}

/** What is known beside the labelled cases. */
export interface Beside {
  /** A model that is held to. */
  readonly from?: CauseModel | undefined
  /** Cases that are learnt from in every fold and judged in none. */
  readonly taught: readonly Prepared[]
}

/** Examples of the patterns, and whatever else is taught without being measured on. */
export function beside(lessons: readonly TrainingCase[] = [], from?: CauseModel): Beside {
  return { taught: prepare([...patternCases(), ...lessons]), from }
}

export interface CrossFit {
  /** Of each case the fold it is judged in. */
  readonly folds: readonly number[]
  /** The model of each fold saw nothing of its projects, and neither did its calibration. */
  readonly models: readonly CauseModel[]
  /** From all cases, each judged by a model that did not see its project. */
  readonly calibration: Calibration
}

export function crossFit(cases: readonly Prepared[], known: Beside, count = foldCount): CrossFit {
  const folds = foldsBy(
    cases.map(({ project }) => project),
    count,
  )
  const weights = Array.from({ length: count }, (_, fold) =>
    weightsOf(
      cases.filter((_case, index) => folds[index] !== fold),
      known,
    ),
  )
  const held = cases.map(({ strange, label, right, weight }, index): Held => {
    const model = weights[folds[index] ?? 0]
    const also = [...right].map((cause) => causeNames.indexOf(cause))
    return { logits: model === undefined ? new Float64Array(labels) : logits(model, strange), label, also, weight }
  })
  const models = weights.map((each, fold) => ({
    weights: each,
    calibration: fitCalibration(
      held.filter((_held, index) => folds[index] !== fold),
      labels,
    ),
  }))
  return { folds, models, calibration: fitCalibration(held, labels) }
}

const foldCount = 5

function weightsOf(labelled: readonly Prepared[], { from, taught }: Beside): SoftmaxWeights {
  const cases = [...labelled, ...taught]
  const common = occurringIn(cases, fewestProjects)
  const examples = cases.flatMap(({ seen, strange, shown, label, weight }): Example[] => [
    { features: only(seen, common), label, weight },
    ...(strange === seen ? [] : [{ features: only(strange, common), label, weight: weight * strangeWeight }]),
    ...(shown === undefined ? [] : [{ features: only(shown, common), label, weight: weight * shownWeight }]),
  ])
  return trainSoftmax(examples, { labels, dimensions, l2, from: from?.weights ?? beforehand() })
}

/** Before anything is learnt, the patterns' votes stand. */
function beforehand(): SoftmaxWeights {
  const weights = new Float32Array(dimensions * labels)
  for (const [label, cause] of causeNames.entries())
    for (const [view, weight] of Object.entries(voteWeights))
      weights[(hash32(`${view}${voteFeature(cause)}`) & (dimensions - 1)) * labels + label] = weight
  return { labels, dimensions, weights, bias: new Float32Array(labels) }
}

function occurringIn(cases: readonly Prepared[], projects: number): ReadonlySet<number> {
  const by = new Map<number, Set<string>>()
  for (const { project, seen, shown } of cases)
    for (const vector of shown === undefined ? [seen] : [seen, shown])
      for (let k = 0; k < vector.indices.length; k += 1) {
        const index = vector.indices[k] ?? 0
        const seenIn = by.get(index)
        if (seenIn === undefined) by.set(index, new Set([project]))
        else seenIn.add(project)
      }
  return new Set([...by].filter(([, seenIn]) => seenIn.size >= projects).map(([index]) => index))
}

function only({ indices, values }: SparseVector, kept: ReadonlySet<number>): SparseVector {
  const at = Array.from({ length: indices.length }, (_, k) => k).filter((k) => kept.has(indices[k] ?? -1))
  return { indices: at.map((k) => indices[k] ?? 0), values: at.map((k) => values[k] ?? 0) }
}

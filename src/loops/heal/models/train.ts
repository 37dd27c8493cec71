import type { ModelKind, ModelRecord } from '../../../contract/learning.ts'
import type { MarkedCase } from '../locate/training.ts'
import { type Beside, type Comparison, compare, sayComparison } from './compare.ts'
import type { Held } from './memory.ts'
import { type Answers, type Trained, type Trainer, trainers } from './trainer.ts'

/** A labelled case with the hash of its log, by which it is known again. */
export interface KeyedCase extends MarkedCase {
  readonly key: string
}

/** The model in use: what a new one must not be worse than. */
export interface Incumbent {
  readonly version: string
  readonly weights: unknown
  readonly held: Held
  readonly record: ModelRecord
}

export interface Candidate {
  readonly kind: ModelKind
  readonly weights: unknown
  readonly record: ModelRecord
  readonly held: Held
  /** None while there is nothing in use to compare with. */
  readonly comparison: Comparison | undefined
  /** Why it must not be put to use; undefined when it may. */
  readonly refusal: string | undefined
  readonly sentence: string
}

export interface TrainWish {
  readonly kind: ModelKind
  readonly cases: readonly KeyedCase[]
  readonly incumbent: Incumbent | undefined
  /** Start from the model in use: a few corrections then move it where they speak, and nowhere else. */
  readonly onTop: boolean
}

/** Trains a model and holds it against the one in use. Pure. `undefined` when there is nothing to learn from. */
export function trainCandidate({ kind, cases: given, incumbent, onTop }: TrainWish): Candidate | undefined {
  const trainer = trainers[kind]
  const cases = given.filter((each) => trainer.learnsFrom(each))
  if (cases.length === 0) return undefined
  const trained = trainer.train(cases, onTop ? incumbent?.weights : undefined)
  if (trained.held.size === 0) return undefined
  const comparison = incumbent && compare(besides(trainer, cases, trained.held, incumbent))
  const refusal = incumbent && comparison && refusalOf(trained, comparison, incumbent, trainer)
  const sentence =
    incumbent === undefined || comparison === undefined
      ? 'there is no model in use to compare it with'
      : sayComparison(comparison, incumbent.version, trainer.words)
  return {
    kind,
    weights: trained.weights,
    record: trained.record,
    held: heldOf(cases, trained.held),
    comparison,
    refusal,
    sentence,
  }
}

function besides(
  trainer: Trainer,
  cases: readonly KeyedCase[],
  held: Answers,
  incumbent: Incumbent,
): readonly Beside[] {
  const known = cases.filter(({ id }) => held.has(id))
  // What the model in use learnt from is answered as it was held out of its training; the rest it answers now.
  const unseen = known.filter(({ key }) => incumbent.held[key] === undefined)
  const now = unseen.length === 0 ? new Map() : trainer.judge(incumbent.weights, unseen)
  const sizes = Map.groupBy(known, ({ id, group }) => group ?? id)
  return known.flatMap(({ id, key, project, group }) => {
    const kept = incumbent.held[key]
    const before = kept === undefined ? now.get(id) : { p: kept[0], right: kept[1] }
    const after = held.get(id)
    if (before === undefined || after === undefined) return []
    return [{ project, weight: 1 / (sizes.get(group ?? id)?.length ?? 1), before, after }]
  })
}

function refusalOf(
  { record }: Trained,
  comparison: Comparison,
  { version, record: used }: Incumbent,
  { words }: Trainer,
): string | undefined {
  if (comparison.verdict === 'worse') return `it is ${sayComparison(comparison, version, words)}`
  if (comparison.verdict === 'too few cases') return sayComparison(comparison, version, words)
  // Labels that are wrong make both models look wrong on them: then only what each reached on its own cases tells.
  const [figure] = record.figures
  const before = used.figures.find(({ name }) => name === figure?.name)
  if (figure?.high != null && before?.low != null && figure.high < before.low)
    return (
      `its ${figure.name} on projects it had not seen is ${figure.value.toFixed(3)}, far below the ` +
      `${before.value.toFixed(3)} that ${version} reached on its own: look at the labels`
    )
  return undefined
}

/** Answers by what the logs are known again by. */
export function heldOf(cases: readonly Pick<KeyedCase, 'id' | 'key'>[], answers: Answers): Held {
  return Object.fromEntries(
    cases.flatMap(({ id, key }) => {
      const answer = answers.get(id)
      return answer === undefined ? [] : [[key, [Number(answer.p.toFixed(4)), answer.right] as const]]
    }),
  )
}

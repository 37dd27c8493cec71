import type { SparseVector } from './hash.ts'
import { minimise } from './minimise.ts'

/** One observation. `weight` is what it counts; several of one signature share the weight of one. */
export interface Example {
  readonly features: SparseVector
  readonly label: number
  readonly weight: number
}

/** A softmax regression: `weights[feature * labels + label]`, and what each label has without any feature. */
export interface SoftmaxWeights {
  readonly labels: number
  readonly dimensions: number
  readonly weights: Float32Array
  readonly bias: Float32Array
}

export interface SoftmaxOptions {
  readonly labels: number
  readonly dimensions: number
  /** How strongly weights are held to nothing, or to those of `from`. Losses are averaged, so 1e-4 to 1e-2 is usual. */
  readonly l2: number
  /** Passes over the examples, at most. */
  readonly epochs?: number
  /** What is believed beforehand: few examples then move little. */
  readonly from?: SoftmaxWeights
}

/**
 * Fits the weights that make the labels most likely, held near `from` by `l2`. Convex, so there is one answer and no
 * seed. Only features that occur are touched, whatever the dimensions.
 */
export function trainSoftmax(examples: readonly Example[], options: SoftmaxOptions): SoftmaxWeights {
  const { labels, dimensions, l2, epochs = 60, from } = options
  const { placeOf, features } = occurring(examples)
  const rows = examples.map(({ features: { indices, values }, label, weight }) => ({
    places: Int32Array.from(indices, (index) => (placeOf.get(index) ?? 0) * labels),
    values: Float64Array.from(values),
    label,
    weight,
  }))
  const total = examples.reduce((sum, { weight }) => sum + weight, 0)
  const biasAt = features.length * labels
  const start = new Float64Array(biasAt + labels)
  if (from !== undefined) {
    for (const [place, feature] of features.entries())
      for (let label = 0; label < labels; label += 1)
        start[place * labels + label] = from.weights[feature * labels + label] ?? 0
    for (let label = 0; label < labels; label += 1) start[biasAt + label] = from.bias[label] ?? 0
  }
  const scores = new Float64Array(labels)
  const fitted = minimise(
    start,
    (at, gradient) => {
      gradient.fill(0)
      let loss = 0
      for (const { places, values, label, weight } of rows) {
        for (let one = 0; one < labels; one += 1) scores[one] = at[biasAt + one] ?? 0
        for (let k = 0; k < places.length; k += 1) {
          const place = places[k] ?? 0
          const value = values[k] ?? 0
          for (let one = 0; one < labels; one += 1) scores[one] = (scores[one] ?? 0) + value * (at[place + one] ?? 0)
        }
        normalise(scores)
        const share = weight / total
        loss -= share * Math.log(Math.max(scores[label] ?? 0, 1e-15))
        for (let one = 0; one < labels; one += 1) {
          const error = share * ((scores[one] ?? 0) - (one === label ? 1 : 0))
          scores[one] = error
          gradient[biasAt + one] = (gradient[biasAt + one] ?? 0) + error
        }
        for (let k = 0; k < places.length; k += 1) {
          const place = places[k] ?? 0
          const value = values[k] ?? 0
          for (let one = 0; one < labels; one += 1)
            gradient[place + one] = (gradient[place + one] ?? 0) + value * (scores[one] ?? 0)
        }
      }
      for (let place = 0; place < biasAt; place += 1) {
        const away = (at[place] ?? 0) - (start[place] ?? 0)
        loss += (l2 / 2) * away * away
        gradient[place] = (gradient[place] ?? 0) + l2 * away
      }
      return loss
    },
    { steps: epochs },
  )
  const weights = from === undefined ? new Float32Array(dimensions * labels) : from.weights.slice()
  for (const [place, feature] of features.entries())
    for (let label = 0; label < labels; label += 1)
      weights[feature * labels + label] = fitted[place * labels + label] ?? 0
  return { labels, dimensions, weights, bias: Float32Array.from(fitted.subarray(biasAt)) }
}

export function probabilities(model: SoftmaxWeights, features: SparseVector): Float64Array {
  const scores = logits(model, features)
  normalise(scores)
  return scores
}

export function logits({ labels, weights, bias }: SoftmaxWeights, { indices, values }: SparseVector): Float64Array {
  const scores = Float64Array.from(bias)
  for (let k = 0; k < indices.length; k += 1) {
    const place = (indices[k] ?? 0) * labels
    const value = values[k] ?? 0
    for (let label = 0; label < labels; label += 1)
      scores[label] = (scores[label] ?? 0) + value * (weights[place + label] ?? 0)
  }
  return scores
}

/** Logits become probabilities, in place. */
export function normalise(scores: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > most) most = score
  let sum = 0
  for (let at = 0; at < scores.length; at += 1) {
    const power = Math.exp((scores[at] ?? 0) - most)
    scores[at] = power
    sum += power
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / sum
}

function occurring(examples: readonly Example[]): {
  readonly placeOf: ReadonlyMap<number, number>
  readonly features: readonly number[]
} {
  const placeOf = new Map<number, number>()
  const features: number[] = []
  for (const { features: vector } of examples)
    for (let k = 0; k < vector.indices.length; k += 1) {
      const index = vector.indices[k] ?? 0
      if (placeOf.has(index)) continue
      placeOf.set(index, features.length)
      features.push(index)
    }
  return { placeOf, features }
}

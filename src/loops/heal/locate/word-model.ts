import { seeded, shuffled } from '../learn/random.ts'
import { wordPlaces } from './words.ts'

/** What each word adds to the log-odds that its line belongs to the failing part. */
export interface WordModel {
  readonly bias: number
  readonly weights: Float32Array
}

export interface WordRow {
  readonly words: Int32Array
  readonly label: number
  readonly weight: number
}

const epochs = 4
const rate = 0.15
const l2 = 2e-5

/** Logistic regression by AdaGrad. The same rows and seed give the same model. */
export function trainWords(rows: readonly WordRow[], seed: number): WordModel {
  const weights = new Float32Array(wordPlaces)
  const squares = new Float32Array(wordPlaces).fill(1e-2)
  const model = { bias: 0, weights }
  const random = seeded(seed)
  for (let epoch = 0; epoch < epochs; epoch += 1)
    for (const { words, label, weight } of shuffled(rows, random)) {
      const p = 1 / (1 + Math.exp(-saidBy(model, words)))
      const error = weight * (label - p)
      model.bias += 0.02 * error
      const scale = 1 / Math.sqrt(Math.max(1, words.length))
      for (const place of words) {
        const gradient = error * scale - l2 * (weights[place] ?? 0)
        squares[place] = (squares[place] ?? 0) + gradient * gradient
        weights[place] = (weights[place] ?? 0) + (rate * gradient) / Math.sqrt(squares[place] ?? 1)
      }
    }
  return model
}

/** Log-odds; the longer a line the less each of its words counts. */
export function saidBy({ bias, weights }: WordModel, words: Int32Array): number {
  let sum = 0
  for (const place of words) sum += weights[place] ?? 0
  return bias + sum / Math.sqrt(Math.max(1, words.length))
}

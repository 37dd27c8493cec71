import { normalise } from './softmax.ts'

/** Logits of a case that the model was not trained on, with its true label. */
export interface Held {
  readonly logits: Float64Array
  readonly label: number
  readonly weight: number
}

/** What makes logits honest: flattened or sharpened by one temperature, and a share given back to what is usual. */
export interface Calibration {
  readonly temperature: number
  /** The share of answers that are wrong however sure the model is; spread as labels usually are. */
  readonly doubt: number
  readonly usual: readonly number[]
}

/** The temperature and the doubt under which the held-out labels are most likely. */
export function fitCalibration(held: readonly Held[], labels: number): Calibration {
  const usual = usualShares(held, labels)
  let best: Calibration = { temperature: 1, doubt: 0.02, usual }
  let least = Number.POSITIVE_INFINITY
  for (const doubt of [0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12])
    for (let power = -8; power <= 12; power += 1) {
      const tried = { temperature: 1.12 ** power, doubt, usual }
      const loss = logLoss(held, tried)
      if (loss < least) {
        least = loss
        best = tried
      }
    }
  return best
}

export function calibrated(
  logits: Float64Array,
  { temperature, doubt, usual }: Calibration,
): Float64Array<ArrayBufferLike> {
  const scores = logits.map((each) => each / temperature)
  normalise(scores)
  return scores.map((p, label) => (1 - doubt) * p + doubt * (usual[label] ?? 0))
}

export function logLoss(held: readonly Held[], calibration: Calibration): number {
  let loss = 0
  let total = 0
  for (const { logits, label, weight } of held) {
    loss -= weight * Math.log(Math.max(1e-12, calibrated(logits, calibration)[label] ?? 0))
    total += weight
  }
  return loss / total
}

/** Shares of the labels, each as if it had been seen half a time more. */
function usualShares(held: readonly Held[], labels: number): readonly number[] {
  const seen = new Array<number>(labels).fill(0.5)
  for (const { label, weight } of held) seen[label] = (seen[label] ?? 0) + weight
  const total = seen.reduce((sum, each) => sum + each, 0)
  return seen.map((each) => each / total)
}

import { normalise } from './softmax.ts'

/** Logits of a case that the model was not trained on, with its true label. */
export interface Held {
  readonly logits: Float64Array
  readonly label: number
  /** Labels that count as right too. */
  readonly also?: readonly number[]
  readonly weight: number
}

/** What makes logits honest: flattened or sharpened by one temperature, and a share given back to what is usual. */
export interface Calibration {
  readonly temperature: number
  /** The share of answers that are wrong however sure the model is; spread as labels usually are. */
  readonly doubt: number
  readonly usual: readonly number[]
  /** The answer's own odds: `shift + slope × log-odds`, for what is likeliest is right more or less often than it says. */
  readonly shift: number
  readonly slope: number
}

/** The temperature and the doubt under which the held-out labels are likeliest; then the odds of the answers themselves. */
export function fitCalibration(held: readonly Held[], labels: number): Calibration {
  const usual = usualShares(held, labels)
  let best: Calibration = { temperature: 1, doubt: 0.02, usual, shift: 0, slope: 1 }
  let least = Number.POSITIVE_INFINITY
  for (const doubt of [0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12])
    for (let power = -8; power <= 12; power += 1) {
      const tried = { ...best, temperature: 1.12 ** power, doubt }
      const loss = logLoss(held, tried)
      if (loss < least) {
        least = loss
        best = tried
      }
    }
  const answers = held.map(({ logits, label, also = [], weight }) => {
    const p = calibrated(logits, best)
    const top = likeliest(p)
    return { odds: logOdds(p[top] ?? 0), right: top === label || also.includes(top), weight }
  })
  return { ...best, ...fitOdds(answers) }
}

export function calibrated(
  logits: Float64Array,
  { temperature, doubt, usual, shift, slope }: Calibration,
): Float64Array<ArrayBufferLike> {
  const scores = logits.map((each) => each / temperature)
  normalise(scores)
  const p = scores.map((each, label) => (1 - doubt) * each + doubt * (usual[label] ?? 0))
  if (shift === 0 && slope === 1) return p
  const top = likeliest(p)
  const before = p[top] ?? 0
  const after = 1 / (1 + Math.exp(-(shift + slope * logOdds(before))))
  const rest = (1 - after) / Math.max(1e-9, 1 - before)
  return p.map((each, label) => (label === top ? after : each * rest))
}

interface AnswerOdds {
  readonly odds: number
  readonly right: boolean
  readonly weight: number
}

/** Platt's two numbers by Newton's method, held to "as it says" as if by five more answers. */
function fitOdds(answers: readonly AnswerOdds[]): { shift: number; slope: number } {
  const held = 5
  let shift = 0
  let slope = 1
  for (let step = 0; step < 30; step += 1) {
    let [g0, g1, h00, h01, h11] = [held * shift, held * (slope - 1), held, 0, held]
    for (const { odds, right, weight } of answers) {
      const p = 1 / (1 + Math.exp(-(shift + slope * odds)))
      const error = weight * (p - (right ? 1 : 0))
      const curve = weight * p * (1 - p)
      g0 += error
      g1 += error * odds
      h00 += curve
      h01 += curve * odds
      h11 += curve * odds * odds
    }
    const determinant = h00 * h11 - h01 * h01
    shift -= (h11 * g0 - h01 * g1) / determinant
    slope -= (h00 * g1 - h01 * g0) / determinant
  }
  return { shift, slope }
}

function likeliest(p: Float64Array): number {
  let top = 0
  for (let label = 1; label < p.length; label += 1) if ((p[label] ?? 0) > (p[top] ?? 0)) top = label
  return top
}

function logOdds(p: number): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, p))
  return Math.log(bounded / (1 - bounded))
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

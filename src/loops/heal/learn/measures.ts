/** One answer beside the truth. Answers about one signature share the weight of one. */
export interface Judged {
  readonly truth: string
  readonly said: string
  readonly right: boolean
  /** Probability that was given to what was said. */
  readonly confidence: number
  readonly weight: number
}

export function accuracy(judged: readonly Judged[]): number {
  return sum(judged, ({ right, weight }) => (right ? weight : 0)) / sum(judged, ({ weight }) => weight)
}

/** The mean F1 over the labels that occur as truth: rare ones count as much as common ones. */
export function macroF1(judged: readonly Judged[]): number {
  const scores = f1ByLabel(judged).map(({ f1 }) => f1)
  return scores.reduce((total, f1) => total + f1, 0) / scores.length
}

export interface LabelScore {
  readonly label: string
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly weight: number
}

/** An answer that counts as right counts as the truth, whatever word it used. */
export function f1ByLabel(judged: readonly Judged[]): readonly LabelScore[] {
  return [...new Set(judged.map(({ truth }) => truth))].sort().map((label) => {
    const weight = sum(judged, (one) => (one.truth === label ? one.weight : 0))
    const said = sum(judged, (one) => ((one.right ? one.truth : one.said) === label ? one.weight : 0))
    const hit = sum(judged, (one) => (one.truth === label && one.right ? one.weight : 0))
    return {
      label,
      precision: said === 0 ? 0 : hit / said,
      recall: hit / weight,
      f1: hit === 0 ? 0 : (2 * hit) / (said + weight),
      weight,
    }
  })
}

export interface CoveragePoint {
  /** The share that is answered when the most confident answer first. */
  readonly coverage: number
  readonly accuracy: number
  readonly confidence: number
}

/** How right the answers are when only the surest are given, one point an answer. */
function coverageCurve(judged: readonly Judged[]): readonly CoveragePoint[] {
  const total = sum(judged, ({ weight }) => weight)
  let covered = 0
  let hit = 0
  return judged
    .toSorted((a, b) => b.confidence - a.confidence)
    .map(({ right, weight, confidence }) => {
      covered += weight
      if (right) hit += weight
      return { coverage: covered / total, accuracy: hit / covered, confidence }
    })
}

export function accuracyAtCoverage(judged: readonly Judged[], coverage: number): number {
  const curve = coverageCurve(judged)
  return (curve.find((point) => point.coverage >= coverage - 1e-9) ?? curve.at(-1))?.accuracy ?? Number.NaN
}

/** Something said with a probability, and whether it came true. */
export interface Forecast {
  readonly p: number
  readonly happened: boolean
  readonly weight: number
}

export function asForecast({ confidence, right, weight }: Judged): Forecast {
  return { p: confidence, happened: right, weight }
}

export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  readonly weight: number
  /** Mean probability said. */
  readonly said: number
  /** Share that came true. */
  readonly happened: number
}

/** What was said beside what came true, in bins of equal width; empty bins are left out. */
export function reliability(forecasts: readonly Forecast[], bins = 10): readonly ReliabilityBin[] {
  const byBin = Map.groupBy(forecasts, ({ p }) => Math.min(bins - 1, Math.floor(p * bins)))
  return [...byBin]
    .sort(([a], [b]) => a - b)
    .map(([bin, inside]) => {
      const weight = sum(inside, (one) => one.weight)
      return {
        from: bin / bins,
        to: (bin + 1) / bins,
        weight,
        said: sum(inside, (one) => one.p * one.weight) / weight,
        happened: sum(inside, (one) => (one.happened ? one.weight : 0)) / weight,
      }
    })
    .filter(({ weight }) => weight > 0)
}

/** Expected calibration error: how far what is said lies from what comes true, on average. */
export function calibrationError(forecasts: readonly Forecast[], bins = 10): number {
  const table = reliability(forecasts, bins)
  return (
    sum(table, ({ said, happened, weight }) => Math.abs(said - happened) * weight) / sum(table, ({ weight }) => weight)
  )
}

/** The squared distance of probability and outcome. Over all labels of a case it is summed, then averaged over cases. */
export function brier(cases: readonly { readonly forecasts: readonly Forecast[]; readonly weight: number }[]): number {
  const distance = (forecasts: readonly Forecast[]): number =>
    forecasts.reduce((total, { p, happened }) => total + (p - (happened ? 1 : 0)) ** 2, 0)
  return sum(cases, ({ forecasts, weight }) => distance(forecasts) * weight) / sum(cases, ({ weight }) => weight)
}

export interface Confusion {
  readonly truth: string
  readonly said: string
  readonly weight: number
}

/** How often each truth was called what. Only what occurs. */
export function confusion(judged: readonly Judged[]): readonly Confusion[] {
  const cells = new Map<string, Confusion>()
  for (const { truth, right, said, weight } of judged) {
    const called = right ? truth : said
    const key = `${truth}\n${called}`
    cells.set(key, { truth, said: called, weight: (cells.get(key)?.weight ?? 0) + weight })
  }
  return [...cells.values()].sort((a, b) => a.truth.localeCompare(b.truth) || b.weight - a.weight)
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}

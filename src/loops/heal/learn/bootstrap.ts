import { seeded } from './random.ts'

export interface BootstrapOptions {
  readonly rounds?: number
  readonly seed?: number
  /** 0.95: the interval holds the true value in 95 of 100 such measurements. */
  readonly level?: number
}

/**
 * The interval of a statistic when whole groups (projects) are drawn anew, with replacement: what one would measure on
 * other projects of the same kind. Rounds in which the statistic is not a number are left out.
 */
export function bootstrap<T>(
  groups: readonly (readonly T[])[],
  statistic: (drawn: readonly (readonly T[])[]) => number,
  { rounds = 1_000, seed = 1, level = 0.95 }: BootstrapOptions = {},
): readonly [low: number, high: number] {
  const random = seeded(seed)
  const values: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const value = statistic(groups.map(() => groups[Math.floor(random() * groups.length)] ?? []))
    if (!Number.isNaN(value)) values.push(value)
  }
  values.sort((a, b) => a - b)
  const tail = (1 - level) / 2
  return [quantile(values, tail), quantile(values, 1 - tail)]
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN
}

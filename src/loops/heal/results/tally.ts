import { maxFailing, maxName } from './test-results.ts'

/** Counts of one tool; `TestResults` says what each means. */
export interface Tally {
  run: number
  failed: number
  errored: number
  skipped: number
  expectedFailures: number
  unexpectedPasses: number
  seconds: number
}

export function emptyTally(): Tally {
  return { run: 0, failed: 0, errored: 0, skipped: 0, expectedFailures: 0, unexpectedPasses: 0, seconds: 0 }
}

/** Adds the counts of `part` to `sum`. */
export function add(sum: Tally, part: Partial<Tally>): void {
  sum.run += part.run ?? 0
  sum.failed += part.failed ?? 0
  sum.errored += part.errored ?? 0
  sum.skipped += part.skipped ?? 0
  sum.expectedFailures += part.expectedFailures ?? 0
  sum.unexpectedPasses += part.unexpectedPasses ?? 0
  sum.seconds += part.seconds ?? 0
}

/** A bounded set of names in the order they came. */
export interface Names {
  add(name: string): void
  delete(name: string): void
  clear(): void
  has(name: string): boolean
  readonly size: number
  list(): readonly string[]
}

export function createNames(): Names {
  const names = new Set<string>()
  return {
    add(name) {
      if (name !== '' && names.size < maxFailing) names.add(name.slice(0, maxName))
    },
    delete(name) {
      names.delete(name.slice(0, maxName))
    },
    clear() {
      names.clear()
    },
    has: (name) => names.has(name.slice(0, maxName)),
    get size() {
      return names.size
    },
    list: () => [...names],
  }
}

/** The number that a regex found; 0 for what it did not find. */
export function count(text: string | undefined): number {
  return text === undefined ? 0 : Number(text.replaceAll(',', ''))
}

const secondsIn: Readonly<Record<string, number>> = { ms: 0.001, s: 1, sec: 1, m: 60, min: 60, h: 3_600 }

/** `12.5`, `s` → 12.5; `3`, `m` → 180; a unit it does not know counts as seconds. */
export function seconds(amount: string | undefined, unit = 's'): number {
  const value = count(amount) * (secondsIn[unit] ?? 1)
  return Number.isFinite(value) ? value : 0
}

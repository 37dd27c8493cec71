import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'

/** What every bench shares: quantiles, the machine it ran on, and the file that keeps its result. */
export interface Machine {
  readonly cores: number
  readonly model: string | undefined
  readonly node: string
  /** Processes that wanted a core, on average over the last minute: above `cores` the figures suffer. */
  readonly loadAverage: number
}

export function machine(): Machine {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model,
    node: process.version,
    loadAverage: round(loadavg()[0] ?? Number.NaN),
  }
}

/** The value that `share` of all are not above (nearest rank); NaN when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export function spread(values: readonly number[]): Spread {
  const at = (share: number) => round(quantile(values, share))
  return { count: values.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export function round(value: number): number {
  return Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1))
}

const results = join(import.meta.dirname, 'results')

export function resultFile(name: string): string {
  return join(results, `${name}.json`)
}

export function keepResult(name: string, result: object): void {
  mkdirSync(results, { recursive: true })
  writeFileSync(resultFile(name), `${JSON.stringify(result, undefined, 2)}\n`)
}

/** Prefix of the folders that a bench works in, removed when it ends. */
export function workFolder(name: string): string {
  return join(tmpdir(), `mendline-bench-${name}-`)
}

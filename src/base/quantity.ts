import { Invalid } from './errors.ts'

const durationMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const sizeBytes = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const

/** `"90s"`, `"10m"`, `"1.5h"` as milliseconds. */
export function parseDuration(text: string): number {
  return parseQuantity(text, durationMs, 'a duration such as "90s", "10m" or "62h"')
}

/** `"512MiB"`, `"8GiB"` as bytes. */
export function parseSize(text: string): number {
  return parseQuantity(text, sizeBytes, 'a size such as "512MiB" or "8GiB"')
}

function parseQuantity(text: string, units: Readonly<Record<string, number>>, wanted: string): number {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)\s?([A-Za-z]+)$/.exec(text.trim())
  const unit = match?.[2] === undefined ? undefined : units[match[2]]
  if (match?.[1] === undefined || unit === undefined) throw new Invalid(`"${text.slice(0, 40)}" is not ${wanted}`)
  return Math.round(Number(match[1]) * unit)
}

/** `"2 m 5 s"`, for people. */
export function sayDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600)
    return seconds % 60 === 0 ? `${seconds / 60} m` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`
  return `${Math.floor(seconds / 3_600)} h ${Math.round((seconds % 3_600) / 60)} m`
}

/** `"256 MiB"`, for people. */
export function saySize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let index = 0
  while (value >= 1024 && index < units.length - 1) {
    value /= 1024
    index += 1
  }
  return `${value >= 100 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)} ${units[index]}`
}

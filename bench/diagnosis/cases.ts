import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Data } from './data.ts'

/** A labelled failing log, in the form that `mendline train` reads. Lines are 1-based and inclusive. */
export interface Case {
  readonly id: string
  readonly project: string
  /** Absolute path. */
  readonly log: string
  readonly ci?: string
  /** In the words of the data; `unclear` is not scored. */
  readonly cause?: string
  readonly also?: readonly string[]
  /** Cases of one signature are one observation. */
  readonly group?: string
  readonly spans?: readonly { readonly start: number; readonly end: number }[]
}

interface Caused {
  readonly id: string
  readonly project: string
  readonly log: string
  readonly ci: string
  readonly cause: string
  readonly also: readonly string[]
  readonly group: string
}
interface Spanned {
  readonly log: string
  readonly start: number | null
  readonly end: number | null
}

/** LogChunks: failed Travis logs with their cause and the lines that show it. */
export function logchunks(data: Data): readonly Case[] {
  const folder = data.folder('logchunks')
  if (folder === undefined) return []
  const spans = new Map(jsonLines<Spanned>(join(folder, 'spans.jsonl')).map((span) => [span.log, span]))
  const caused = jsonLines<Caused>(join(folder, 'causes.jsonl')).map((one): Case => {
    const span = spans.get(one.id.replace(/^logchunks\//, ''))
    return {
      ...one,
      log: join(folder, '..', one.log),
      ...(span?.start == null || span.end == null ? {} : { spans: [{ start: span.start, end: span.end }] }),
    }
  })
  return caused.filter(({ log }) => existsSync(log))
}

/** BUMP: Maven builds broken by one update of a dependency. */
export function bump(data: Data): readonly Case[] {
  const folder = data.folder('bump')
  if (folder === undefined) return []
  return jsonLines<Caused>(join(folder, 'causes.jsonl'))
    .map((one) => ({ ...one, log: join(folder, '..', one.log) }))
    .filter(({ log }) => existsSync(log))
}

export function jsonLines<T>(path: string): readonly T[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T)
}

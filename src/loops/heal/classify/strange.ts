import type { LogReading } from '../logs/reading.ts'
import { patternById } from '../patterns/library.ts'

interface Read {
  readonly project: string
  readonly reading: LogReading
}

/**
 * Patterns are written with some projects' logs at hand and know these better than any others. This reads a log as it
 * would be read if its project were strange to them: without the patterns that hit in no other project. What is
 * measured and calibrated so holds for projects that nobody wrote patterns for.
 */
export function asStrange(cases: readonly Read[]): (one: Read) => LogReading {
  const projects = new Map<string, Set<string>>()
  for (const { project, reading } of cases)
    for (const { pattern } of reading.hits) {
      const seenIn = projects.get(pattern)
      if (seenIn === undefined) projects.set(pattern, new Set([project]))
      else seenIn.add(project)
    }
  const isOwn = (pattern: string): boolean =>
    telling.has(patternById(pattern)?.role ?? '') && (projects.get(pattern)?.size ?? 0) <= 1
  return ({ reading }) => {
    if (!reading.hits.some(({ pattern }) => isOwn(pattern))) return reading
    const hits = reading.hits.filter(({ pattern }) => !isOwn(pattern))
    if (reading.matched === undefined) return { ...reading, hits }
    const matched = new Map([...reading.matched].map(([line, ids]) => [line, ids.filter((id) => !isOwn(id))] as const))
    return { ...reading, hits, matched }
  }
}

/** An exit or a count of tests is a form of output, not a cause that somebody met. */
const telling = new Set(['cause', 'hint', 'noise'])

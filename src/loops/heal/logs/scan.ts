import type { Pattern } from '../patterns/pattern.ts'
import { type Block, lineOf, linesIn } from './blocks.ts'
import { type CleanLine, cleanLine } from './clean-line.ts'
import { createLiteralGate } from './literal-gate.ts'

/** A line on which patterns matched. */
export interface Found {
  readonly line: number
  readonly clean: CleanLine
  readonly raw: string
  readonly matches: readonly Match[]
}

export interface Match {
  readonly pattern: Pattern
  readonly groups: Readonly<Partial<Record<string, string>>>
}

/** Watches lines for literals of its own; may ask for the lines that follow one, whatever they hold. */
export interface Watcher {
  /** The numbers of the watched literals that stand in the line; none when it only follows. Valid until it returns. */
  see(clean: CleanLine, literals: readonly number[]): void
  follows(): boolean
}

export type Scanner = (
  block: Block,
  onFound: (found: Found) => void,
  watcher?: Watcher,
  /** Hears the number of every line with one of the noted literals. */
  onNoted?: (line: number) => void,
) => void

const made = new WeakMap<readonly Pattern[], Scanner>()

/**
 * Patterns made ready to read fast: only a line that holds a literal is cut out, decoded and cleaned, and only the
 * patterns that ask for a literal found there look at it. Made once for a list of patterns; keeps nothing of a log.
 */
export function scannerOf(
  patterns: readonly Pattern[],
  watched: readonly string[] = [],
  noted: readonly string[] = [],
): Scanner {
  const scanner = made.get(patterns) ?? createScanner(patterns, watched, noted)
  made.set(patterns, scanner)
  return scanner
}

function createScanner(patterns: readonly Pattern[], watched: readonly string[], noted: readonly string[]): Scanner {
  const asking = new Set([...patterns.flatMap((pattern) => pattern.literals), ...watched])
  // Those that are only noted come last.
  const literals = [...new Set([...asking, ...noted])]
  const isNoted = literals.map((literal) => noted.includes(literal))
  const gate = createLiteralGate(literals)
  const candidates = createCandidates(patterns, literals)
  const watchedAs = literals.map((literal) => watched.indexOf(literal))
  const seen: number[] = []

  return (block, onFound, watcher, onNoted) => {
    const { bytes, starts, firstLine } = block
    const count = linesIn(block)
    // The line whose literals are being gathered.
    let index = -1

    function endLine(): void {
      const raw = lineOf(block, index)
      const clean = cleanLine(raw)
      const matches = candidates.match(clean)
      if (matches.length > 0) onFound({ line: firstLine + index, clean, raw, matches })
      if (watcher !== undefined && (seen.length > 0 || watcher.follows())) watcher.see(clean, seen)
      seen.length = 0
    }
    /** Ends the line and all that are wanted because they follow it, up to a line that holds a literal. */
    function endLines(before: number): void {
      if (index >= 0) endLine()
      while (watcher?.follows() === true && index + 1 < before) {
        index += 1
        endLine()
      }
    }
    // The line of the last noted literal.
    let noting = 0
    gate.each(bytes, 0, bytes.length, (literal, at) => {
      if (isNoted[literal] === true) {
        while (noting + 1 < count && (starts[noting + 1] ?? 0) <= at) noting += 1
        onNoted?.(firstLine + noting)
        if (literal >= asking.size) return false
      }
      if (at >= (starts[index + 1] ?? 0)) {
        let next = index + 1
        while (next + 1 < count && (starts[next + 1] ?? 0) <= at) next += 1
        endLines(next)
        index = next
      }
      candidates.add(literal)
      const number = watchedAs[literal] ?? -1
      if (number !== -1) seen.push(number)
      return false
    })
    endLines(count)
  }
}

const nothing: readonly Match[] = []

/**
 * The patterns to try on one line, each once, the surest first: whatever literals they are found by, a line tells the same.
 * They use the same memory for every line: a set made anew for each line that holds a literal is gigabytes of garbage in a
 * long log, and V8 takes a hundred megabytes to let it lie.
 */
function createCandidates(given: readonly Pattern[], literals: readonly string[]) {
  const patterns = given.toSorted((a, b) => b.weight - a.weight)
  const byLiteral = new Map<string, number[]>(literals.map((literal) => [literal, []]))
  for (const [number, pattern] of patterns.entries())
    for (const literal of new Set(pattern.literals)) byLiteral.get(literal)?.push(number)
  const asking = literals.map((literal) => byLiteral.get(literal) ?? [])
  const asked = new Uint16Array(patterns.length)
  const isAsked = new Uint8Array(patterns.length)
  let count = 0

  return {
    /** The literal of this number stands in the line. */
    add(literal: number): void {
      for (const number of asking[literal] ?? []) {
        if (isAsked[number] === 1) continue
        isAsked[number] = 1
        let at = count++
        for (; at > 0 && (asked[at - 1] as number) > number; at -= 1) asked[at] = asked[at - 1] as number
        asked[at] = number
      }
    },
    /** Tries the patterns and forgets them. */
    match(clean: CleanLine): readonly Match[] {
      let matches = nothing
      let noise = false
      for (let at = 0; at < count; at += 1) {
        const number = asked[at] ?? 0
        isAsked[number] = 0
        const pattern = patterns[number]
        if (pattern === undefined || noise) continue
        const found = pattern.regex.exec(pattern.marked === true ? clean.marked : clean.text)
        if (found === null) continue
        if (pattern.role === 'noise') noise = true
        else matches = [...matches, { pattern, groups: { ...found.groups } }]
      }
      count = 0
      return noise ? nothing : matches
    },
  }
}

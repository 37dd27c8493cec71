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

export type Scanner = (block: Block, onFound: (found: Found) => void) => void

const made = new WeakMap<readonly Pattern[], Scanner>()

/**
 * Patterns made ready to read fast: only a line that holds a literal is cut out, decoded and cleaned, and only the
 * patterns that ask for a literal found there look at it. Made once for a list of patterns; keeps nothing of a log.
 */
export function scannerOf(patterns: readonly Pattern[]): Scanner {
  const scanner = made.get(patterns) ?? createScanner(patterns)
  made.set(patterns, scanner)
  return scanner
}

function createScanner(patterns: readonly Pattern[]): Scanner {
  const literals = [...new Set(patterns.flatMap((pattern) => pattern.literals))]
  const asking = literals.map((literal) => patterns.filter((pattern) => pattern.literals.includes(literal)))
  const gate = createLiteralGate(literals)

  function match(clean: CleanLine, candidates: Iterable<Pattern>): readonly Match[] {
    const matches: Match[] = []
    for (const pattern of candidates) {
      const found = pattern.regex.exec(pattern.marked === true ? clean.marked : clean.text)
      if (found === null) continue
      if (pattern.role === 'noise') return []
      matches.push({ pattern, groups: { ...found.groups } })
    }
    return matches
  }

  return (block, onFound) => {
    const { bytes, starts, firstLine } = block
    const count = linesIn(block)
    let index = 0
    for (let at = gate.next(bytes, 0); at !== -1; at = gate.next(bytes, starts[index] ?? bytes.length)) {
      while (index + 1 < count && (starts[index + 1] ?? 0) <= at) index += 1
      const candidates = new Set<Pattern>()
      gate.each(bytes, starts[index] ?? 0, starts[index + 1] ?? bytes.length, (literal) => {
        for (const pattern of asking[literal] ?? []) candidates.add(pattern)
      })
      const raw = lineOf(block, index)
      const clean = cleanLine(raw)
      const matches = match(clean, candidates)
      if (matches.length > 0) onFound({ line: firstLine + index, clean, raw, matches })
      index += 1
      if (index >= count) return
    }
  }
}

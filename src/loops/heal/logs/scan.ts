import type { Pattern } from '../patterns/pattern.ts'
import { type Block, lineOf, linesIn } from './blocks.ts'
import { type CleanLine, cleanLine } from './clean-line.ts'

/** A line on which patterns matched. */
export interface Found {
  readonly line: number
  readonly clean: CleanLine
  readonly raw: string
  readonly matches: readonly { readonly pattern: Pattern; readonly groups: Readonly<Record<string, string>> }[]
}

export type Scanner = (block: Block, onFound: (found: Found) => void) => void

/**
 * Patterns made ready to read fast. One alternation of all required literals runs over a whole block; only a line in
 * which it hits is cut out, cleaned and shown to the regexes that need one of the literals found there.
 *
 * Two literals may overlap in a line. Longest first, restarting one character after each hit, finds every literal:
 * whatever else starts at the same place is a prefix of the one found, and is looked up with it.
 */
export function createScanner(patterns: readonly Pattern[]): Scanner {
  const byLiteral = new Map<string, number[]>()
  patterns.forEach((pattern, index) => {
    for (const literal of pattern.literals) {
      const bytes = Buffer.from(literal, 'utf8').toString('latin1')
      byLiteral.set(bytes, [...(byLiteral.get(bytes) ?? []), index])
    }
  })
  const literals = [...byLiteral.keys()].sort((a, b) => b.length - a.length)
  const wanted = new Map(
    literals.map((literal) => [
      literal,
      [...byLiteral].flatMap(([prefix, indexes]) => (literal.startsWith(prefix) ? indexes : [])),
    ]),
  )
  const anyInBlock = new RegExp(literals.map(escaped).join('|'), 'g')
  const eachInLine = new RegExp(anyInBlock.source, 'g')
  // Which line a pattern was last tried on, so that two literals of one pattern try it once.
  const triedOn = new Float64Array(patterns.length)

  function match(raw: string, line: number): Found | undefined {
    const clean = cleanLine(raw)
    const matches: { pattern: Pattern; groups: Record<string, string> }[] = []
    eachInLine.lastIndex = 0
    for (let hit = eachInLine.exec(raw); hit !== null; hit = eachInLine.exec(raw)) {
      eachInLine.lastIndex = hit.index + 1
      for (const index of wanted.get(hit[0]) ?? []) {
        const pattern = patterns[index]
        if (pattern === undefined || triedOn[index] === line) continue
        triedOn[index] = line
        const found = pattern.regex.exec(pattern.marked === true ? clean.marked : clean.text)
        if (found === null) continue
        if (pattern.role === 'noise') return undefined
        matches.push({ pattern, groups: { ...found.groups } })
      }
    }
    return matches.length === 0 ? undefined : { line, clean, raw, matches }
  }

  return (block, onFound) => {
    const { text, starts, firstLine } = block
    const count = linesIn(block)
    let index = 0
    anyInBlock.lastIndex = 0
    while (anyInBlock.test(text)) {
      const at = anyInBlock.lastIndex - 1
      while (index + 1 < count && (starts[index + 1] ?? 0) <= at) index += 1
      const raw = lineOf(block, index)
      const found = match(
        raw.length > maxLine ? raw.slice(0, maxHead) + raw.slice(maxHead - maxLine) : raw,
        firstLine + index,
      )
      if (found !== undefined) onFound(found)
      index += 1
      if (index >= count) return
      anyInBlock.lastIndex = starts[index] ?? text.length
    }
  }
}

/** What of a long line is searched: `cleanLine` keeps the same head and tail. */
const maxLine = 8_000
const maxHead = 6_000

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

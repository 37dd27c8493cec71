import type { Pattern } from '../patterns/pattern.ts'
import { type Block, lineOf, linesIn } from './blocks.ts'
import type { Hit } from './reading.ts'
import type { Found, Match } from './scan.ts'

/** Of a pattern that hits often, the first hits hold the first cause and the last ones stand nearest the exit. */
const firstHits = 8
const lastHits = 16
/** Far more hits than are shown at the end. */
const maxSurrounded = 200

interface Kept {
  readonly found: Found
  readonly match: Match
}

/** Keeps a bounded number of hits of each pattern. */
export function createHitKeeper() {
  const first = new Map<string, Kept[]>()
  const last = new Map<string, Kept[]>()
  const counts = new Map<string, number>()
  // Those that hit, the telling ones first.
  const patterns: Pattern[] = []

  return {
    add(found: Found, match: Match): void {
      const { id } = match.pattern
      const count = (counts.get(id) ?? 0) + 1
      counts.set(id, count)
      if (count === 1)
        patterns.splice(patterns.findLastIndex(({ weight }) => weight >= match.pattern.weight) + 1, 0, match.pattern)
      const list = count <= firstHits ? first : last
      const kept = list.get(id)
      if (kept === undefined) list.set(id, [{ found, match }])
      else if (list === first || kept.length < lastHits) kept.push({ found, match })
      else kept[(count - firstHits - 1) % lastHits] = { found, match }
    },
    /** Lines of the hits kept now whose surroundings may be shown, in no order. */
    lines(): readonly number[] {
      const lines: number[] = []
      for (const { id } of patterns) {
        for (const { found } of first.get(id) ?? []) lines.push(found.line)
        for (const { found } of last.get(id) ?? []) lines.push(found.line)
        if (lines.length >= maxSurrounded) break
      }
      return lines
    },
    /** In the order of the log. */
    hits(): readonly Hit[] {
      return [...first.values(), ...last.values()]
        .flat()
        .map(toHit)
        .sort((a, b) => a.line - b.line)
    },
  }
}

function toHit({ found, match }: Kept): Hit {
  const groups: Record<string, string> = {}
  for (const [name, value] of Object.entries(match.groups)) if (value !== undefined) groups[name] = value.slice(0, 500)
  const { text, marker } = found.clean
  return {
    line: found.line,
    pattern: match.pattern.id,
    groups,
    text: text.slice(0, 2_000),
    ...(marker === undefined ? {} : { marker }),
  }
}

/** Blocks this recent are kept whole. */
export const recentBytes = 8 * 1024 * 1024
/** What is kept of a line beyond its block: more than is ever shown of it. */
const lineBytes = 3_000
/** Not worth forgetting any of. */
const fewLines = 2_000
const windowBefore = 20
const windowAfter = 70

/**
 * Keeps the lines that may be shown: the last megabytes whole, and of everything earlier the surroundings of the lines
 * that `wanted` names. What is wanted may shrink as the log goes on; what nobody wants any more is forgotten.
 */
export function createLineKeeper(wanted: () => Iterable<number>, dropped: (block: Block) => void) {
  const recent: Block[] = []
  let recentSize = 0
  let kept = new Map<number, string>()
  // At twice what was wanted last time: forgetting costs little then, and little waits to be forgotten.
  let enough = fewLines

  function keepFrom(block: Block): void {
    const last = block.firstLine + linesIn(block) - 1
    for (const line of wanted()) {
      const to = Math.min(line + windowAfter, last)
      for (let at = Math.max(line - windowBefore, block.firstLine); at <= to; at += 1)
        if (!kept.has(at)) kept.set(at, lineOf(block, at - block.firstLine, lineBytes))
    }
    if (kept.size > enough) forget()
  }
  function forget(): void {
    const still = new Map<number, string>()
    for (const line of wanted())
      for (let at = line - windowBefore; at <= line + windowAfter; at += 1) {
        const text = kept.get(at)
        if (text !== undefined) still.set(at, text)
      }
    kept = still
    enough = Math.max(fewLines, still.size * 2)
  }

  // Lines are asked for one after the other: mostly in the same block.
  let asked: Block | undefined
  function blockOf(number: number): Block | undefined {
    if (asked === undefined || !holds(asked, number)) asked = recent.find((block) => holds(block, number))
    return asked
  }

  return {
    add(block: Block): void {
      asked = undefined
      recent.push(block)
      recentSize += block.bytes.length
      while (recentSize > recentBytes && recent.length > 1) {
        const oldest = recent.shift()
        if (oldest === undefined) return
        recentSize -= oldest.bytes.length
        keepFrom(oldest)
        dropped(oldest)
      }
    },
    /** The raw line, if it is still there. */
    line(number: number): string | undefined {
      const block = blockOf(number)
      return block === undefined ? kept.get(number) : lineOf(block, number - block.firstLine)
    },
  }
}

function holds(block: Block, number: number): boolean {
  return number >= block.firstLine && number < block.firstLine + linesIn(block)
}

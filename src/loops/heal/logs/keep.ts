import type { Pattern } from '../patterns/pattern.ts'
import { type Block, lineOf, linesIn } from './blocks.ts'
import type { Hit } from './reading.ts'
import type { Found, Match } from './scan.ts'

/** Of a pattern that hits often, the first hits hold the first cause and the last ones stand nearest the exit. */
const firstHits = 8
const lastHits = 16

/** Keeps a bounded number of hits of each pattern. */
export function createHitKeeper() {
  const first = new Map<string, Hit[]>()
  const last = new Map<string, Hit[]>()
  const counts = new Map<string, number>()

  return {
    add(found: Found, { pattern, groups }: Match): void {
      const count = (counts.get(pattern.id) ?? 0) + 1
      counts.set(pattern.id, count)
      const hit = toHit(found, pattern, groups)
      const list = count <= firstHits ? first : last
      const hits = list.get(pattern.id)
      if (hits === undefined) list.set(pattern.id, [hit])
      else if (list === first || hits.length < lastHits) hits.push(hit)
      else hits[(count - firstHits - 1) % lastHits] = hit
    },
    /** Lines of all hits kept now, in no order. */
    *lines(): Iterable<number> {
      for (const lists of [first, last]) for (const hits of lists.values()) for (const hit of hits) yield hit.line
    },
    /** In the order of the log. */
    hits(): readonly Hit[] {
      return [...first.values(), ...last.values()].flat().sort((a, b) => a.line - b.line)
    },
  }
}

function toHit(found: Found, pattern: Pattern, groups: Match['groups']): Hit {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(groups))
    if (value !== undefined) kept[name] = detached(value.slice(0, 500))
  const { text, marker } = found.clean
  return {
    line: found.line,
    pattern: pattern.id,
    groups: kept,
    text: detached(text.slice(0, 2_000)),
    ...(marker === undefined ? {} : { marker }),
  }
}

/** Text kept raw beyond its block; recent blocks are kept whole. */
const recentBytes = 4 * 1024 * 1024
const maxKeptLines = 40_000
export const windowBefore = 20
export const windowAfter = 70

/**
 * Keeps the lines that may be shown: the last megabytes whole, and of everything earlier the surroundings of the lines
 * that `wanted` names. What is wanted may shrink as the log goes on; what nobody wants any more is forgotten.
 */
export function createLineKeeper(wanted: () => Iterable<number>) {
  const recent: Block[] = []
  let recentSize = 0
  let kept = new Map<number, string>()

  function keepFrom(block: Block): void {
    const last = block.firstLine + linesIn(block) - 1
    for (const line of wanted()) {
      const to = Math.min(line + windowAfter, last)
      for (let at = Math.max(line - windowBefore, block.firstLine); at <= to; at += 1)
        if (!kept.has(at)) kept.set(at, lineOf(block, at - block.firstLine))
    }
    if (kept.size > maxKeptLines) forget()
  }
  function forget(): void {
    const still = new Map<number, string>()
    for (const line of wanted())
      for (let at = line - windowBefore; at <= line + windowAfter; at += 1) {
        const text = kept.get(at)
        if (text !== undefined) still.set(at, text)
      }
    kept = still
  }

  return {
    add(block: Block): void {
      recent.push(block)
      recentSize += block.bytes.length
      while (recentSize > recentBytes && recent.length > 1) {
        const oldest = recent.shift()
        if (oldest === undefined) return
        recentSize -= oldest.bytes.length
        keepFrom(oldest)
      }
    },
    /** The raw line, if it is still there. */
    line(number: number): string | undefined {
      const block = recent.find((each) => number >= each.firstLine && number < each.firstLine + linesIn(each))
      return block === undefined ? kept.get(number) : lineOf(block, number - block.firstLine)
    },
  }
}

/** V8 keeps a whole string alive for the sake of a slice of it; a copy does not. */
function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}

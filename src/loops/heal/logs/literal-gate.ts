/**
 * Finds which of many literals stand in a line, at the speed of one table look-up a byte, however many there are.
 *
 * Of each literal its rarest three neighbouring bytes are taken. While the bytes go by, a hash of the last three says
 * whether they can belong to a literal; only then the literals of that hash are compared. A regex that alternates some
 * hundred literals tests their first characters one after the other and is several times slower.
 */
export interface LiteralGate {
  /** Index of the first literal's third rare byte at or after `from`, or -1. */
  next(bytes: Buffer, from: number): number
  /** Calls `found` with the number of every literal that ends before `to`; may name one twice. */
  each(bytes: Buffer, from: number, to: number, found: (literal: number) => void): void
}

const hashBits = 15
const hashMask = (1 << hashBits) - 1

interface Candidate {
  readonly literal: number
  readonly bytes: Buffer
  /** How far before the place of the hash it starts. */
  readonly back: number
}
const none: readonly Candidate[] = []

export function createLiteralGate(literals: readonly string[]): LiteralGate {
  const buckets: (readonly Candidate[])[] = Array.from({ length: 1 << hashBits }, () => none)
  const gate = new Uint8Array(1 << hashBits)
  literals.forEach((text, literal) => {
    const bytes = Buffer.from(text, 'utf8')
    if (bytes.length < 3) throw new Error(`the literal "${text}" is shorter than three bytes: make it longer`)
    const rare = rarest(bytes)
    const hash = hashOf(bytes, rare + 2)
    gate[hash] = 1
    buckets[hash] = [...(buckets[hash] ?? []), { literal, bytes, back: rare + 2 }]
  })
  const matches = (
    bytes: Buffer,
    at: number,
    hash: number,
    found: ((literal: number) => void) | undefined,
  ): boolean => {
    let any = false
    for (const candidate of buckets[hash] ?? none) {
      if (!standsAt(bytes, at - candidate.back, candidate.bytes)) continue
      any = true
      if (found === undefined) return true
      found(candidate.literal)
    }
    return any
  }
  return {
    next(bytes, from) {
      let hash = 0
      for (let at = from; at < bytes.length; at += 1) {
        hash = ((hash << 5) ^ (bytes[at] ?? 0)) & hashMask
        if (gate[hash] === 1 && matches(bytes, at, hash, undefined)) return at
      }
      return -1
    },
    each(bytes, from, to, found) {
      let hash = 0
      for (let at = from; at < to; at += 1) {
        hash = ((hash << 5) ^ (bytes[at] ?? 0)) & hashMask
        if (gate[hash] === 1) matches(bytes, at, hash, found)
      }
    },
  }
}

function hashOf(bytes: Buffer, last: number): number {
  return (((bytes[last - 2] ?? 0) << 10) ^ ((bytes[last - 1] ?? 0) << 5) ^ (bytes[last] ?? 0)) & hashMask
}

function standsAt(bytes: Buffer, start: number, literal: Buffer): boolean {
  if (start < 0 || start + literal.length > bytes.length) return false
  for (let index = 0; index < literal.length; index += 1) if (bytes[start + index] !== literal[index]) return false
  return true
}

/** The most frequent bytes of build logs, frequent first; what is not here is rare. */
const frequent = ' etaonisrlc0dm1pu2-./gh:f3b54v_y6789w'

/** Where the three neighbouring bytes start that are least likely to stand anywhere else. */
function rarest(bytes: Buffer): number {
  const rarity = (byte: number): number => {
    const rank = frequent.indexOf(String.fromCharCode(byte))
    return rank === -1 ? frequent.length + 10 : rank
  }
  let best = 0
  let bestScore = -1
  for (let at = 0; at + 2 < bytes.length; at += 1) {
    const score = rarity(bytes[at] ?? 0) + rarity(bytes[at + 1] ?? 0) + rarity(bytes[at + 2] ?? 0)
    if (score > bestScore) [best, bestScore] = [at, score]
  }
  return best
}

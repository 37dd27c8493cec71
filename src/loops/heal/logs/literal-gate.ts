/**
 * Finds which of many literals stand in a line, at the speed of one table look-up a byte, however many there are.
 *
 * Of each literal the four neighbouring bytes are taken that are rarest in logs. While the bytes go by, a hash of the
 * last four says whether they can belong to a literal; only then the literals of that hash are compared. A regex that
 * alternates some hundred literals tests their first characters one after the other and is many times slower.
 */
export interface LiteralGate {
  /** A place inside the first literal that ends after `from`, or -1. */
  next(bytes: Buffer, from: number): number
  /** Calls `found` with the number of every literal that stands between `from` and `to`; may name one twice. */
  each(bytes: Buffer, from: number, to: number, found: (literal: number) => void): void
}

const windowLength = 4
const shortestLiteral = 3
const shift = 5
const hashBits = 20
const hashMask = (1 << hashBits) - 1

interface Candidate {
  readonly literal: number
  readonly bytes: Buffer
  /** How far before the place of the hash it starts. */
  readonly back: number
}

export function createLiteralGate(literals: readonly string[]): LiteralGate {
  const gate = new Uint8Array(1 << hashBits)
  const candidates = new Map<number, Candidate[]>()
  literals.forEach((text, literal) => {
    const bytes = Buffer.from(text, 'utf8')
    if (bytes.length < shortestLiteral)
      throw new Error(`the literal "${text}" is shorter than three bytes: make it longer`)
    const last = Math.min(rarest(bytes) + windowLength, bytes.length) - 1
    for (const hash of hashesOf(bytes, last)) {
      gate[hash] = 1
      candidates.set(hash, [...(candidates.get(hash) ?? []), { literal, bytes, back: last }])
    }
  })

  // A list of what stands here would be garbage at every second line: gigabytes of it in a long log.
  function stands(bytes: Buffer, at: number, hash: number, found?: (literal: number) => void): boolean {
    let any = false
    for (const candidate of candidates.get(hash) ?? []) {
      if (!standsAt(bytes, at - candidate.back, candidate.bytes)) continue
      any = true
      found?.(candidate.literal)
    }
    return any
  }

  return {
    next(bytes, from) {
      const end = bytes.length
      let hash = 0
      for (let at = from; at < end; at += 1) {
        // In bounds; a check for undefined here costs a third of the speed.
        hash = ((hash << shift) ^ (bytes[at] as number)) & hashMask
        if (gate[hash] === 1 && stands(bytes, at, hash)) return at
      }
      return -1
    },
    each(bytes, from, to, found) {
      let hash = 0
      for (let at = from; at < to; at += 1) {
        hash = ((hash << shift) ^ (bytes[at] as number)) & hashMask
        if (gate[hash] === 1) stands(bytes, at, hash, found)
      }
    },
  }
}

/** One hash; of a literal that is a byte too short, one for all that may stand before it: only five bits of it count. */
function hashesOf(bytes: Buffer, last: number): readonly number[] {
  const window = bytes.subarray(Math.max(0, last - windowLength + 1), last + 1)
  const before = window.length === windowLength ? [0] : Array.from({ length: 1 << shift }, (_, bits) => bits)
  return before.map((start) => window.reduce((hash, byte) => ((hash << shift) ^ byte) & hashMask, start))
}

function standsAt(bytes: Buffer, start: number, literal: Buffer): boolean {
  if (start < 0 || start + literal.length > bytes.length) return false
  for (let index = 0; index < literal.length; index += 1) if (bytes[start + index] !== literal[index]) return false
  return true
}

/** The bytes of build logs, frequent first; what is not here is rare. */
const frequent = ' eonart.s/ic-mplgud102:[v3hfk]bj4NIw9FOT568()SDx7y#_BERC=AM,P'

/** Where the four neighbouring bytes start that are least likely to stand anywhere else. */
function rarest(bytes: Buffer): number {
  let best = 0
  let bestScore = -1
  for (let at = 0; at + windowLength <= bytes.length; at += 1) {
    const score = rarity(bytes.subarray(at, at + windowLength))
    if (score > bestScore) [best, bestScore] = [at, score]
  }
  return best
}

/** Letters that cross a word's edge are rarer than letters inside a word, and a byte repeated is a ruler. */
function rarity(four: Buffer): number {
  const text = four.toString('latin1')
  const ranks = [...text].map((char) => (frequent.includes(char) ? frequent.indexOf(char) : frequent.length + 10))
  const mixed = /[A-Za-z]/.test(text) && /[^A-Za-z]/.test(text) ? 1.4 : 1
  return ranks.reduce((sum, rank) => sum + rank, 0) * mixed * (new Set(text).size / windowLength)
}

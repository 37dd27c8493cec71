import { type Key, keyOfFour, keyOfThree, keysOfWord, probeOf, stride } from './literal-keys.ts'

/** Windows of one length that belong to literals. */
export interface WindowTable {
  /** One bit for the hash of each. */
  readonly bits: Int32Array
  /** Where in the facts its first candidate is; -1 when it belongs to none. */
  first(window: number): number
}

/**
 * Which literals may stand where a window was met: some numbers for each, side by side, for they are asked millions of
 * times. `literal`; how far `back` of the window it starts; one of its bytes outside the window, the rarest, as its `probe`,
 * counted from the window, and its `byte`, with `isLast` added to it where it is the last of its window.
 */
export const fact = { literal: 0, back: 1, probe: 2, byte: 3, size: 4, isLast: 0x100 }

export interface LiteralTables {
  readonly texts: readonly Uint8Array[]
  readonly four: WindowTable
  readonly three: WindowTable
  /** See `fact`. */
  readonly facts: Int32Array
}

export const shortestLiteral = 3
export const newline = 10
/** 2^20 bits: more would not stay near the processor, fewer would suspect more. */
export const hashShift = 12
export const spread = 0x9e3779b1

export function tablesOf(literals: readonly string[]): LiteralTables {
  const texts = literals.map(bytesOf)
  const fours: Entry[] = []
  const threes: Entry[] = []
  texts.forEach((bytes, literal) => {
    for (let parity = 0; parity < stride; parity += 1) {
      // The newline before a line's beginning may lie before what is searched.
      const skipped = bytes[0] === newline ? 1 : 0
      const of = (key: Key): Entry => ({ window: key.window, back: key.back + skipped, literal })
      const sought = bytes.subarray(skipped)
      const ofFour = keyOfFour(sought, parity)
      const ofThree = ofFour === undefined ? keyOfThree(sought, parity) : undefined
      if (ofFour !== undefined) fours.push(of(ofFour))
      else if (ofThree !== undefined) threes.push(of(ofThree))
      else fours.push(...keysOfWord(sought).map(of))
    }
  })
  const entries = [...byWindow(fours), ...byWindow(threes)]
  const facts = Int32Array.from(
    entries.flatMap(({ literal, back, window }, at) => {
      const isLast = at + 1 === fours.length || entries[at + 1]?.window !== window
      const { place, byte } = probeOf(texts[literal] as Uint8Array, back)
      return [literal, back, place - back, byte + (isLast ? fact.isLast : 0)]
    }),
  )
  return {
    texts,
    four: tableOf(entries, 0, fours.length),
    three: tableOf(entries, fours.length, entries.length),
    facts,
  }
}

interface Entry extends Key {
  readonly literal: number
}

function byWindow(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => a.window - b.window)
}

function bytesOf(literal: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(literal, 'utf8'))
  if (bytes.length < shortestLiteral)
    throw new Error(`the literal "${literal}" is shorter than three bytes: make it longer`)
  if (bytes.subarray(1, -1).includes(newline))
    throw new Error(`the literal ${JSON.stringify(literal)} is longer than a line: cut it`)
  return bytes
}

/** Open addressing: where the hash of a window points, or in the next free place after it. */
function tableOf(entries: readonly Entry[], from: number, to: number): WindowTable {
  const slotBits = Math.max(4, Math.ceil(Math.log2((to - from + 1) * 2)))
  const slotShift = 32 - slotBits
  const mask = (1 << slotBits) - 1
  const windows = new Int32Array(1 << slotBits)
  const firsts = new Int32Array(1 << slotBits).fill(-1)
  const bits = new Int32Array(1 << (32 - hashShift - 5))
  for (let at = from; at < to; at += 1) {
    const { window } = entries[at] as Entry
    if (at > from && entries[at - 1]?.window === window) continue
    const hash = Math.imul(window, spread)
    const bit = hash >>> hashShift
    bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
    let slot = hash >>> slotShift
    while (firsts[slot] !== -1) slot = (slot + 1) & mask
    windows[slot] = window
    firsts[slot] = at * fact.size
  }
  return {
    bits,
    first(window) {
      let slot = Math.imul(window, spread) >>> slotShift
      while (firsts[slot] !== -1) {
        if (windows[slot] === window) return firsts[slot] as number
        slot = (slot + 1) & mask
      }
      return -1
    },
  }
}

import { mayStandBeforeWord, threeBytes, windowLength, windowOf } from './literal-keys.ts'
import {
  fact,
  hashShift,
  type LiteralTables,
  newline,
  shortestLiteral,
  spread,
  tablesOf,
  type WindowTable,
} from './literal-tables.ts'
import { wordsOf } from './words.ts'

/**
 * Finds which of many literals stand in a text, four bytes at a time, however many literals there are.
 *
 * At every second byte a window of four begins. Each literal is noticed by one window at an even place in it and one at
 * an odd place, the ones that are rarest in logs: wherever it stands, one of the two is met. A table of bits tells
 * whether a window belongs to any literal; only then the literals of that window are compared. A regex that alternates
 * some hundred literals tests their first characters one after the other and is many times slower.
 *
 * A literal of three bytes is sought where a word begins, for inside words three letters are met too often; one of a sign and a
 * ruler or an indent is sure to be found only there. One that begins with a newline stands at the beginning of a line, the
 * first one included.
 */
export interface LiteralGate {
  /** A place in the first line that holds a literal: where one of them starts. Or -1. */
  next(bytes: Buffer, from: number): number
  /**
   * Tells every literal that stands between `from`, where a line begins, and `to`, line after line, until `found` answers
   * that it is enough.
   */
  each(bytes: Buffer, from: number, to: number, found: Found): void
}

/** Is it enough? */
type Found = (literal: number, at: number) => boolean

/** Words looked through before the suspects among them are looked at. */
const wordsAtOnce = 4_096

export function createLiteralGate(literals: readonly string[]): LiteralGate {
  const tables = tablesOf(literals)
  const { four, three } = tables
  const suspects = new Int32Array(wordsAtOnce)

  /** Notes the words in which a window of a literal begins. No branch, for the processor could not foresee it. */
  function suspect(words: Int32Array, from: number, to: number): number {
    const { bits: fours } = four
    const { bits: threes } = three
    let count = 0
    let word = words[from] as number
    for (let index = from; index < to; index += 1) {
      // In bounds all of them; a check for undefined costs a third of the speed.
      const next = words[index + 1] as number
      const between = (word >>> 16) | (next << 16)
      const a = Math.imul(word, spread) >>> hashShift
      const b = Math.imul(between, spread) >>> hashShift
      const c = Math.imul(word & threeBytes, spread) >>> hashShift
      const d = Math.imul(between & threeBytes, spread) >>> hashShift
      suspects[count] = index
      count +=
        (((fours[a >>> 5] as number) >>> a) |
          ((fours[b >>> 5] as number) >>> b) |
          ((threes[c >>> 5] as number) >>> c) |
          ((threes[d >>> 5] as number) >>> d)) &
        1
      word = next
    }
    return count
  }

  function look(bytes: Buffer, at: number, from: number, to: number, window: number, found: Found): boolean {
    return (
      (isIn(four, window) && stands(bytes, at, from, to, four.first(window), tables, found)) ||
      (isIn(three, window & threeBytes) && stands(bytes, at, from, to, three.first(window & threeBytes), tables, found))
    )
  }

  function each(bytes: Buffer, from: number, to: number, found: Found): void {
    const words = wordsOf(bytes)
    const base = bytes.byteOffset
    const last = ((base + to) >> 2) - 1
    let index = (base + from) >> 2
    while (index < last) {
      const end = Math.min(last, index + wordsAtOnce)
      const count = suspect(words, index, end)
      for (let number = 0; number < count; number += 1) {
        const at = suspects[number] as number
        const word = words[at] as number
        const place = at * windowLength - base
        if (look(bytes, place, from, to, word, found)) return
        const between = (word >>> 16) | ((words[at + 1] as number) << 16)
        if (look(bytes, place + 2, from, to, between, found)) return
      }
      index = end
    }
    for (let at = index * windowLength - base; at < to; at += 2)
      if (look(bytes, at, from, to, windowOf(bytes, at), found)) return
  }

  return {
    each,
    next(bytes, from) {
      let first = -1
      each(bytes, from, bytes.length, (_, at) => {
        first = at
        return true
      })
      return first
    },
  }
}

function isIn({ bits }: WindowTable, window: number): boolean {
  const hash = Math.imul(window, spread) >>> hashShift
  return (((bits[hash >>> 5] as number) >>> hash) & 1) === 1
}

/** A list of what stands here would be garbage at every second line: gigabytes of it in a long log. */
function stands(
  bytes: Buffer,
  at: number,
  from: number,
  to: number,
  first: number,
  { texts, facts }: LiteralTables,
  found: Found,
): boolean {
  if (first === -1) return false
  for (let index = first; ; index += fact.size) {
    const place = at + (facts[index + fact.probe] as number)
    const byte = facts[index + fact.byte] as number
    if (place >= 0 && place < to && bytes[place] === (byte & 0xff)) {
      const number = facts[index + fact.literal] as number
      const start = at - (facts[index + fact.back] as number)
      const text = texts[number] as Uint8Array
      if (standsAt(bytes, start, from, to, text) && found(number, text[0] === newline ? start + 1 : start)) return true
    }
    if (byte >= fact.isLast) return false
  }
}

function standsAt(bytes: Buffer, start: number, from: number, to: number, literal: Uint8Array): boolean {
  const { length } = literal
  if (start + length > to) return false
  if (start < from && (start < from - 1 || literal[0] !== newline)) return false
  for (let index = start < from ? 1 : 0; index < length; index += 1)
    if (bytes[start + index] !== literal[index]) return false
  return length > shortestLiteral || start <= from || mayStandBeforeWord[bytes[start - 1] as number] === 1
}

import { plainUnit } from './plain-unit.ts'
import { keyAt, keyLength } from './rarity.ts'

const plainUnits = Uint8Array.from({ length: 128 }, (_, unit) => plainUnit(unit))
const notAscii = plainUnit(128)
const unitBits = 7
const anyPair = (1 << (2 * unitBits)) - 1
const anyThree = (1 << (3 * unitBits)) - 1
const slotBits = 13

/** Finds which of many lists of texts have one that stands in a line, however many texts there are. */
export interface Texts {
  look(line: string): void
  /** Does a text of this list stand in that line? */
  stands(list: number): boolean
}

/** A text that is noticed by a key in it. */
interface Candidate {
  readonly list: number
  readonly units: Uint8Array
  /** How far behind the text's begin the key ends. */
  readonly back: number
}

/**
 * One pass over the line notes each character and each pair. A longer text has a key, its rarest three characters;
 * where these are met the text is compared.
 */
export function createTexts(lists: readonly (readonly string[])[]): Texts {
  const short = lists.map((texts) => texts.filter(({ length }) => length < keyLength).map(numberOf))
  const { byKey, candidates } = longTexts(lists)
  /** In which line each character, each pair, and a long text of each list stood last. */
  const stoodShort = new Uint32Array(anyPair + 1)
  const stoodLong = new Uint32Array(lists.length)
  let line = 0
  let units = new Uint8Array(1 << 10)

  function compare(noticed: readonly Candidate[], at: number): void {
    for (let index = 0; index < noticed.length; index += 1) {
      const { list, units: text, back } = noticed[index] as Candidate
      if (stoodLong[list] !== line && startsAt(text, at - back)) stoodLong[list] = line
    }
  }
  function startsAt(text: Uint8Array, start: number): boolean {
    for (let at = 0; at < text.length; at += 1) if (units[start + at] !== text[at]) return false
    return true
  }
  function copy(text: string): void {
    // A zero stands behind the last: it is no unit.
    if (units.length <= text.length) units = new Uint8Array(text.length * 2)
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      units[at] = code < 128 ? (plainUnits[code] as number) : notAscii
    }
    units[text.length] = 0
  }

  return {
    look(text) {
      line += 1
      copy(text)
      let last = 0
      for (let at = 0; at < text.length; at += 1) {
        const unit = units[at] as number
        last = ((last << unitBits) | unit) & anyThree
        stoodShort[unit] = line
        stoodShort[last & anyPair] = line
        const key = byKey[slotOf(last)] as number
        if (key !== 0) compare(candidates[key] as Candidate[], at)
      }
    },
    stands: (list) => stoodLong[list] === line || (short[list] as number[]).some((text) => stoodShort[text] === line),
  }
}

/** `byKey`: where in `candidates` those of a key's slot are; 0 for none. */
function longTexts(lists: readonly (readonly string[])[]) {
  const candidates: Candidate[][] = [[]]
  const byKey = new Uint16Array(1 << slotBits)
  for (const [list, texts] of lists.entries())
    for (const text of texts.filter(({ length }) => length >= keyLength)) {
      const at = keyAt(text)
      const slot = slotOf(numberOf(text.slice(at, at + keyLength)))
      if (byKey[slot] === 0) byKey[slot] = candidates.push([]) - 1
      candidates[byKey[slot] as number]?.push({ list, units: unitsOf(text), back: at + keyLength - 1 })
    }
  return { byKey, candidates }
}

function unitsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

function numberOf(text: string): number {
  return unitsOf(text).reduce((number, unit) => (number << unitBits) | unit, 0)
}

function slotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - slotBits)
}

import { readFileSync } from 'node:fs'

/** Four neighbouring bytes, or three, by which a literal is noticed. */
export interface Key {
  /** The bytes as the machine reads them as one number, without the fourth of three. */
  readonly window: number
  /** How far behind the literal's start; -1 is before it. */
  readonly back: number
}

export const windowLength = 4
/** Windows begin at every second byte, so a literal must be noticed by one at an even place in it and by one at an odd. */
export const stride = 2

const bytes = new Uint8Array(windowLength)
const word = new Int32Array(bytes.buffer)
/** Ones where the first three bytes of a word are. */
export const threeBytes = windowOf(Uint8Array.of(0xff, 0xff, 0xff), 0)

/** The window that begins there; zeros stand for what is not there. */
export function windowOf(of: Uint8Array, at: number): number {
  for (let place = 0; place < windowLength; place += 1) bytes[place] = of[at + place] ?? 0
  return word[0] ?? 0
}

/** Of four bytes, at the places of this parity; `undefined` where there is none, or only of a ruler. */
export function keyOfFour(literal: Uint8Array, parity: number): Key | undefined {
  let best: Key | undefined
  let least = Number.POSITIVE_INFINITY
  for (let back = parity; back + windowLength <= literal.length; back += stride) {
    const odds = oddsOf(literal, back)
    // The last of a ruler: it stands at one place of it, where the first stands at each.
    if (odds <= least) [best, least] = [{ window: windowOf(literal, back), back }, odds]
  }
  return best !== undefined && isSignAndRuler(literal, parity) ? undefined : best
}

/** Of three bytes, at the first place of this parity; `undefined` where there are no three. */
export function keyOfThree(literal: Uint8Array, parity: number): Key | undefined {
  if (parity + 3 > literal.length || isSignAndRuler(literal, parity)) return undefined
  return { window: windowOf(literal, parity) & threeBytes, back: parity }
}

/** Of the first three bytes and what may stand before a word. */
export function keysOfWord([first = 0, second = 0, third = 0]: Uint8Array): readonly Key[] {
  return [...mayStandBeforeWord].flatMap((may, before) =>
    may === 1 ? [{ window: windowOf(Uint8Array.of(before, first, second, third), 0), back: -1 }] : [],
  )
}

/**
 * The rarest byte of a literal outside the window at `back`, and where it stands in the literal: the last, where there is
 * none outside. Not the newline it may begin with, which can lie before what is searched.
 */
export function probeOf(literal: Uint8Array, back: number): { readonly place: number; readonly byte: number } {
  let place = literal.length - 1
  let least = Number.POSITIVE_INFINITY
  for (const [at, byte] of literal.entries()) {
    const odds = oddsOfByte[byte] ?? 1
    const isInWindow = at >= back && at < back + windowLength
    if (isInWindow || odds >= least || (at === 0 && byte === 0x0a)) continue
    place = at
    least = odds
  }
  return { place, byte: literal[place] ?? 0 }
}

/**
 * Of each byte: may a word begin behind it? It is no ASCII letter and no digit, or it ends a colour (`m`) or an escaped line
 * break or tab.
 */
export const mayStandBeforeWord = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[^A-Za-z0-9_]|[mnrt]/.test(String.fromCharCode(byte)) ? 1 : 0,
)

/** Is the literal one sign and then a ruler or an indent, which would be met everywhere? */
function isSignAndRuler(literal: Uint8Array, parity: number): boolean {
  if (parity === 0 || literal[0] === literal[1]) return false
  return literal.subarray(parity).every((byte) => byte === literal[parity])
}

/** How often the commonest windows are met in a million bytes of a log; `scripts/count-windows.ts` counts them. */
const common: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(new URL('../weights/windows.json', import.meta.url), 'utf8'),
)
const perMillion = new Map(
  Object.entries(common).map(([text, times]) => [windowOf(Buffer.from(text, 'latin1'), 0), times]),
)
const rarestCounted = Math.min(...perMillion.values())

/** The bytes of build logs, frequent first; what is not here is rare. */
const frequent = ' /eao.nt1r2s-piBKmcl034gdhv658u7:9\n[]NIFOjbwD)(xfykSTEA,"RCUMP\'_=G'
const oddsOfByte = Array.from({ length: 256 }, (_, byte) => {
  const rank = frequent.indexOf(String.fromCharCode(byte))
  return rank === -1 ? 0.0005 : 0.25 / (rank + 3)
})

/** How often a window is met in a million bytes: counted, or told from its bytes. */
function oddsOf(literal: Uint8Array, from: number): number {
  const counted = perMillion.get(windowOf(literal, from))
  if (counted !== undefined) return counted
  let odds = 1e6
  for (let at = from; at < from + windowLength; at += 1) {
    const byte = literal[at] ?? 0
    const before = at === from ? undefined : literal[at - 1]
    // Indents, rulers and numbers are long.
    if (byte === before) odds *= 0.3
    else if (isDigit(byte) && before !== undefined && isDigit(before)) odds *= 0.06
    else odds *= oddsOfByte[byte] ?? 1
  }
  return Math.min(odds, rarestCounted)
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

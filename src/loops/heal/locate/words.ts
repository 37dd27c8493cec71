import { hashOn, hashUnit, mixed, noText } from '../learn/hash.ts'
import { createDistinct } from './distinct.ts'

/** How many places the words of a line are hashed to. */
export const wordPlaces = 1 << 15

const longestLine = 400
const mostWords = 40
const longestWord = 30
const longestNumber = 20
const outlineLength = 7

const [blank, letter, digit, sign] = [0, 1, 2, 3] as const
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code)
  if (/\s/.test(char)) return blank
  if (/\d/.test(char)) return digit
  return /[A-Za-z_]/.test(char) ? letter : sign
})
const lowerCase = Uint8Array.from(kinds, (_, code) => String.fromCharCode(code).toLowerCase().charCodeAt(0))

const begin = hashOn(noText, '^')
const outlined = hashOn(noText, 'outline ')
const zero = 0x30
const space = 0x20

const places = createDistinct(wordPlaces, 2 * mostWords + 2)

function add(hash: number): void {
  places.add(mixed(hash) & (wordPlaces - 1))
}

/**
 * The words of a line as places in a table, each once: words with digits masked, pairs of neighbours, the first and
 * the last word, and the outline of how the line begins. They are hashed as they are met, no text is made of them.
 */
export function wordsOf(line: string): Int32Array {
  const text = line.length > longestLine ? line.slice(0, longestLine) : line
  places.clear()
  let before = begin
  let words = 0
  for (let at = 0; at < text.length && words < mostWords; ) {
    const kind = kindOf(text.charCodeAt(at))
    const end = wordEnd(text, at, kind)
    if (kind !== blank) {
      const word = kind === digit ? hashUnit(noText, zero) : hashOnLower(noText, text, at, end)
      const pair = hashUnit(before, space)
      if (kind === letter && end - at > 1) add(word)
      add(kind === digit ? hashUnit(pair, zero) : hashOnLower(pair, text, at, end))
      before = word
      words += 1
    }
    at = end
  }
  add(hashOn(before, ' $'))
  add(outlineOf(line))
  return places.list()
}

function kindOf(code: number): number {
  if (code < 128) return kinds[code] as number
  return /\s/.test(String.fromCharCode(code)) ? blank : sign
}

function wordEnd(text: string, from: number, kind: number): number {
  const most = kind === letter ? longestWord : kind === digit ? longestNumber : 1
  const last = Math.min(text.length, from + most)
  let at = from + 1
  while (at < last && kindOf(text.charCodeAt(at)) === kind) at += 1
  return at
}

/** Goes on with a hash by the text in lower case. */
function hashOnLower(hash: number, text: string, from: number, to: number): number {
  let on = hash
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at)
    on = code < 128 ? hashUnit(on, lowerCase[code] as number) : hashOn(on, text.charAt(at).toLowerCase())
  }
  return on
}

/** `  12:5  error` begins as ` 0:0 a`: kinds of characters, runs as one. */
function outlineOf(line: string): number {
  let hash = outlined
  let last = -1
  let length = 0
  for (let at = 0; at < line.length && length < outlineLength; at += 1) {
    const code = outlineUnit(line.charCodeAt(at))
    if (code === last) continue
    hash = hashUnit(hash, code)
    last = code
    length += 1
  }
  return hash
}

function outlineUnit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return zero
  if ((code >= 0x61 && code <= 0x7a) || code > 0x7f) return 0x61
  return code >= 0x41 && code <= 0x5a ? 0x41 : code
}

import { hash32 } from '../learn/hash.ts'

/** How many places the words of a line are hashed to. */
export const wordPlaces = 1 << 15

const word = /[A-Za-z_]{1,30}|\d{1,20}|[^\sA-Za-z_\d]/g
const most = 40

/**
 * The words of a line as places in a table, each once: words with digits masked, pairs of neighbours, the first and
 * the last word, and the outline of how the line begins.
 */
export function wordsOf(line: string): Int32Array {
  const places = new Set<number>()
  const add = (name: string): void => {
    places.add(hash32(name) & (wordPlaces - 1))
  }
  const words: string[] = []
  for (const [found] of line.slice(0, 400).matchAll(word)) {
    const code = found.charCodeAt(0)
    words.push(code >= 0x30 && code <= 0x39 ? '0' : found.toLowerCase())
    if (words.length >= most) break
  }
  let before = '^'
  for (const each of words) {
    if (each.length > 1) add(each)
    add(`${before} ${each}`)
    before = each
  }
  add(`${before} $`)
  add(`outline ${outline(line)}`)
  return Int32Array.from(places)
}

/** `  12:5  error` begins as ` 0:0 a`: kinds of characters, runs as one. */
function outline(line: string): string {
  let out = ''
  for (let at = 0; at < line.length && out.length < 7; at += 1) {
    const code = line.charCodeAt(at)
    const kind =
      code >= 0x30 && code <= 0x39
        ? '0'
        : (code >= 0x61 && code <= 0x7a) || code > 0x7f
          ? 'a'
          : code >= 0x41 && code <= 0x5a
            ? 'A'
            : (line[at] ?? '')
    if (out.at(-1) !== kind) out += kind
  }
  return out
}

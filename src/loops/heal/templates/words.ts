import { hole, withHoles } from './variables.ts'

/** A word of a line: `any` for a value, else as it stands there. Marks such as brackets are words of their own. */
export const any = '<*>'

export interface Words {
  readonly words: readonly string[]
  /** Whether a blank stands before the word. */
  readonly spaced: readonly boolean[]
}

const longestLine = 2_000
const mostWords = 256
const marks = '=:,()[]{}"\'|;<>'
const [letters, digit, mark, blank, point] = [0, 1, 2, 3, 4] as const

/** What an ASCII character is; every other is a letter. */
const kinds = new Uint8Array(128)
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code)
  if (/\s/.test(char)) kinds[code] = blank
  else if (/\d/.test(char)) kinds[code] = digit
  else if (marks.includes(char)) kinds[code] = mark
  else if (char === '.') kinds[code] = point
}

/** The words of a message; neighbouring values are one. */
export function wordsOf(line: string): Words {
  const text = withHoles(line.length > longestLine ? line.slice(0, longestLine) : line)
  const list = createList()
  let start = 0
  let isSpaced = false
  let digits = false
  for (let at = 0; at <= text.length && list.words.length < mostWords; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 32
    const kind = code < 128 ? (kinds[code] as number) : letters
    if (kind === letters) continue
    if (kind === digit) {
      digits = true
      continue
    }
    // A leader of points is a mark, a single point belongs to the word.
    const leader = kind === point ? leaderEnd(text, at) : at
    if (kind === point && leader === at) continue
    if (at > start) {
      const word = text.slice(start, at)
      list.add(isValue(word, digits) ? any : word, isSpaced)
      isSpaced = false
    }
    digits = false
    if (kind === blank) isSpaced = true
    else {
      list.add(kind === point ? text.slice(at, leader) : text.charAt(at), isSpaced)
      isSpaced = false
      if (kind === point) at = leader - 1
    }
    start = at + 1
  }
  return list
}

function leaderEnd(text: string, at: number): number {
  let end = at
  while (text.charCodeAt(end) === 46) end += 1
  return end - at > 1 ? end : at
}

export function isMark(word: string): boolean {
  return word.length === 1 ? marks.includes(word) : word.startsWith('..')
}

/** Letters and up to two digits name a thing of the program: eth0, IPv6, sha1. More digits are a value. */
const named = /^[A-Za-z]{1,60}\d{1,2}$/
const starred = /^\*{1,2000}$/

function isValue(word: string, digits: boolean): boolean {
  if (word.includes(hole) || (word.startsWith('*') && starred.test(word))) return true
  if (digits) return !named.test(word)
  // A file, a class in its package with a slash: a/b/c, a.b/c.
  const slash = word.length > 3 ? word.indexOf('/') : -1
  return slash !== -1 && (word.includes('.') || slash !== word.lastIndexOf('/'))
}

/** Lists of values are one value: how many stand there varies. */
export function joined({ words, spaced }: Words): Words {
  const list = createList()
  words.forEach((word, index) => {
    list.add(word, spaced[index] ?? true)
  })
  return list
}

/** Neighbouring values become one, with the comma or colon between them. */
function createList() {
  const words: string[] = []
  const spaced: boolean[] = []
  function drop(): void {
    words.pop()
    spaced.pop()
  }
  function add(word: string, isSpaced: boolean): void {
    const before = words.at(-1)
    if (word === any && before === any) return
    if (word === any && (before === ',' || before === ':') && words.at(-2) === any) {
      drop()
      return
    }
    // A numbered key, as a register's: r24=0.
    if (word === '=' && before !== undefined && /\d$/.test(before)) {
      const wasSpaced = spaced.at(-1) ?? false
      drop()
      add(any, wasSpaced)
    }
    words.push(word)
    spaced.push(isSpaced)
  }
  return { words, spaced, add }
}

export function textFrom({ words, spaced }: Words): string {
  return words.map((word, index) => (index > 0 && spaced[index] === true ? ` ${word}` : word)).join('')
}

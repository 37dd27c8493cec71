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
const cut = /\.{2,100}|[^\s=:,()[\]{}"'|;<>]{1,2000}|[=:,()[\]{}"'|;<>]/g
const mark = /^(?:[=:,()[\]{}"'|;<>]|\.{2,100})$/

export function isMark(word: string): boolean {
  return mark.test(word)
}

/** The words of a message; neighbouring values are one. */
export function wordsOf(line: string): Words {
  const text = withHoles(line.slice(0, longestLine))
  const words: string[] = []
  const spaced: boolean[] = []
  for (const { 0: found, index } of text.matchAll(cut)) {
    if (words.length === mostWords) break
    words.push(isValue(found) ? any : found)
    spaced.push(index > 0 && /\s/.test(text.charAt(index - 1)))
  }
  return joined({ words, spaced })
}

/** Letters and up to two digits name a thing of the program: eth0, IPv6, sha1. More digits are a value. */
const named = /^[A-Za-z]{1,60}\d{1,2}$/
const starred = /^\*{1,2000}$/

function isValue(word: string): boolean {
  if (word.includes(hole) || starred.test(word)) return true
  if (/\d/.test(word)) return !named.test(word)
  // A file, a class in its package with a slash: a/b/c, a.b/c.
  return word.length > 3 && word.includes('/') && (word.includes('.') || word.indexOf('/') !== word.lastIndexOf('/'))
}

/** Lists of values are one value: how many stand there varies. */
export function joined({ words, spaced }: Words): Words {
  const kept: string[] = []
  const gaps: boolean[] = []
  words.forEach((word, index) => {
    const before = kept.at(-1)
    if (word === any && before === any) return
    if (word === any && (before === ',' || before === ':') && kept.at(-2) === any) {
      kept.pop()
      gaps.pop()
      return
    }
    kept.push(word)
    gaps.push(spaced[index] ?? true)
  })
  return { words: kept, spaced: gaps }
}

export function textFrom({ words, spaced }: Words): string {
  return words.map((word, index) => (index > 0 && spaced[index] === true ? ` ${word}` : word)).join('')
}

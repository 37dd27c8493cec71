import { masked } from '../logs/mask.ts'

const lineLength = 400
const wordLength = 32

/** The words of a line without what varies from run to run: `AssertionError` is also `assertion` and `error`. */
export function wordsOf(line: string): readonly string[] {
  const words: string[] = []
  for (const [word] of masked(line.slice(0, lineLength)).matchAll(/[\p{L}_][\p{L}\d_]{1,80}|[✗✖✘×●✕]/gu)) {
    const short = word.slice(0, wordLength)
    words.push(short.toLowerCase())
    const parts = short.split(/_|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    if (parts.length > 1) for (const part of parts) if (part.length > 2) words.push(part.toLowerCase())
  }
  return words
}

/** One piece of a signature's text; `at` counts characters from 0. */
export type Token = { readonly at: number } & (
  | { readonly kind: 'quoted' | 'regex'; readonly text: string }
  /** `text` without its backslashes; `wild` when a `*` or `?` without a backslash stands in it, then `raw` says where. */
  | { readonly kind: 'term'; readonly text: string; readonly raw: string; readonly wild: boolean }
  | { readonly kind: 'and' | 'or' | 'not' | 'plus' | 'minus' | '(' | ')' | '[' | ']' | '{' | '}' | ':' | 'end' }
  /** `~2` and `^1.5` behind a term or a phrase. */
  | { readonly kind: 'tilde' | 'boost'; readonly value: number | undefined }
)

export interface Unreadable {
  readonly at: number
  readonly what: string
}

const marks = '()[]{}:'
const operators = new Map<string, 'and' | 'or' | 'not'>([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
])

export function lex(text: string): readonly Token[] | Unreadable {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text.charAt(at)
    if (/\s/.test(char)) {
      at += 1
      continue
    }
    const found = char === '"' || char === '/' ? delimited(text, at, char) : pieceAt(text, at)
    if ('what' in found) return found
    tokens.push(found.token)
    at = found.end
  }
  return [...tokens, { kind: 'end', at }]
}

interface Piece {
  readonly token: Token
  readonly end: number
}

function delimited(text: string, at: number, delimiter: '"' | '/'): Piece | Unreadable {
  let value = ''
  for (let end = at + 1; end < text.length; end += 1) {
    const char = text.charAt(end)
    if (char === delimiter)
      return { token: { kind: delimiter === '"' ? 'quoted' : 'regex', text: value, at }, end: end + 1 }
    if (char !== '\\') value += char
    else {
      end += 1
      // A regular expression keeps its own backslashes.
      value += delimiter === '/' && text.charAt(end) !== '/' ? `\\${text.charAt(end)}` : text.charAt(end)
    }
  }
  return {
    at,
    what: `the ${delimiter} opened here is never closed; close it, or write \\${delimiter} for the character`,
  }
}

function pieceAt(text: string, at: number): Piece | Unreadable {
  const char = text.charAt(at)
  const two = text.slice(at, at + 2)
  if (two === '&&' || two === '||') return { token: { kind: two === '&&' ? 'and' : 'or', at }, end: at + 2 }
  if (char === '!') return { token: { kind: 'not', at }, end: at + 1 }
  if (char === '+') return { token: { kind: 'plus', at }, end: at + 1 }
  if (char === '-') return { token: { kind: 'minus', at }, end: at + 1 }
  if (marks.includes(char)) return { token: { kind: char as '(' | ')', at }, end: at + 1 }
  if (char === '~' || char === '^') {
    const [number = ''] = /^\d{0,6}(?:\.\d{1,6})?/.exec(text.slice(at + 1, at + 16)) ?? []
    const value = number === '' ? undefined : Number(number)
    return { token: { kind: char === '~' ? 'tilde' : 'boost', value, at }, end: at + 1 + number.length }
  }
  return term(text, at)
}

function term(text: string, at: number): Piece | Unreadable {
  let plain = ''
  let wild = false
  let end = at
  for (; end < text.length; end += 1) {
    const char = text.charAt(end)
    if (/[\s"()[\]{}:^~]/.test(char)) break
    if (char === '\\') {
      end += 1
      if (end === text.length) return { at: end - 1, what: 'a backslash wants a character behind it' }
      plain += text.charAt(end)
    } else {
      wild ||= char === '*' || char === '?'
      plain += char
    }
  }
  const raw = text.slice(at, end)
  const word = operators.get(raw)
  return { token: word === undefined ? { kind: 'term', text: plain, raw, wild, at } : { kind: word, at }, end }
}

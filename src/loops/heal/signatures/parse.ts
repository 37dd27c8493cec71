import { lex, type Token } from './lexer.ts'
import { Malformed } from './malformed.ts'
import { type Bound, defaultField, type Query } from './query.ts'
import { compileRegex } from './regex.ts'

export type Parsed =
  | { readonly kind: 'query'; readonly query: Query }
  /** `at` counts characters from 0; the sentence says what is wrong, where, and what to do. */
  | { readonly kind: 'problem'; readonly at: number; readonly sentence: string }

const longest = 8_000
const deepest = 50

/**
 * Reads a signature. As in Lucene, clauses without a word between them are alternatives, `+` asks for one and `-` rules
 * one out. Unlike Lucene's classic parser, `NOT` binds tighter than `AND`, and `AND` tighter than `OR`, as people mean
 * it; weights (`^2`) are read and mean nothing, since nothing is ranked.
 */
export function parseSignature(text: string): Parsed {
  if (text.trim() === '')
    return problem(0, text, 'nothing stands here; write for example message:"No space left on device"')
  if (text.length > longest) return problem(longest, text, `it is longer than ${longest} characters; make it shorter`)
  const tokens = lex(text)
  if ('what' in tokens) return problem(tokens.at, text, tokens.what)
  try {
    return { kind: 'query', query: createParser(tokens).whole() }
  } catch (error) {
    if (error instanceof Malformed) return problem(error.at, text, error.message)
    throw error
  }
}

function problem(at: number, text: string, what: string): Parsed {
  const near = text.slice(at, at + 20).trim()
  return { kind: 'problem', at, sentence: `character ${at + 1}${near === '' ? '' : ` ("${near}")`}: ${what}` }
}

function createParser(tokens: readonly Token[]) {
  let next = 0
  let depth = 0
  const end: Token = { kind: 'end', at: tokens.at(-1)?.at ?? 0 }
  const peek = (ahead = 0): Token => tokens[next + ahead] ?? end
  const take = (): Token => tokens[next++] ?? end
  function accept(kind: Token['kind']): boolean {
    if (peek().kind !== kind) return false
    next += 1
    return true
  }

  /** Alternatives; those with a sign decide alone. */
  function alternatives(field: string): Query {
    if (++depth > deepest) throw new Malformed(peek().at, 'brackets are nested too deep; write it plainly')
    const asked: Query[] = []
    const maybe: Query[] = []
    while (peek().kind !== 'end' && peek().kind !== ')') {
      if (maybe.length + asked.length > 0) accept('or')
      const sign = peek().kind
      const clause = together(field)
      if ((sign === 'plus' || sign === 'minus' || sign === 'not') && clause.signed) asked.push(clause.query)
      else maybe.push(clause.query)
    }
    depth -= 1
    if (asked.length + maybe.length === 0) throw new Malformed(peek().at, 'a condition is missing here')
    // What is asked for decides; beside it the alternatives would only rank. Beside mere exclusions they still count.
    if (asked.some(({ kind }) => kind !== 'not')) return joined('and', asked)
    if (asked.length > 0) return joined('and', maybe.length === 0 ? asked : [joined('or', maybe), ...asked])
    return joined('or', maybe)
  }
  function together(field: string): { readonly query: Query; readonly signed: boolean } {
    const first = signed(field)
    if (peek().kind !== 'and') return first
    const all = [first.query]
    while (accept('and')) all.push(signed(field).query)
    return { query: joined('and', all), signed: false }
  }
  function signed(field: string): { readonly query: Query; readonly signed: boolean } {
    if (accept('plus')) return { query: clause(field), signed: true }
    if (accept('minus') || accept('not')) {
      if (++depth > deepest) throw new Malformed(peek().at, 'too many NOT after each other')
      const query: Query = { kind: 'not', of: signed(field).query }
      depth -= 1
      return { query, signed: true }
    }
    return { query: clause(field), signed: false }
  }
  function clause(field: string): Query {
    const token = take()
    if (token.kind === '(') {
      const query = alternatives(field)
      if (!accept(')')) throw new Malformed(token.at, 'this bracket is not closed; write ) at the end of its group')
      skipWeights()
      return query
    }
    if (token.kind === 'term' && peek().kind === ':') {
      take()
      return named(token)
    }
    return value(token, field)
  }
  function named(name: Extract<Token, { kind: 'term' }>): Query {
    if (peek().kind === 'end') throw new Malformed(name.at, `the field ${name.text} wants a value behind its colon`)
    const token = peek()
    if (token.kind === 'term' && token.raw === '*') {
      take()
      skipWeights()
      return name.raw === '*' ? { kind: 'everything' } : { kind: 'exists', field: name.text }
    }
    if (name.wild) throw new Malformed(name.at, 'a field has no * in its name; name the field, for example message')
    return clause(name.text)
  }
  function value(token: Token, field: string): Query {
    switch (token.kind) {
      case 'quoted':
        return phrase(token.text, field)
      case 'regex':
        return regex(token, field)
      case '[':
      case '{':
        return range(token, field)
      case 'term':
        return termed(token, field)
      case 'end':
        throw new Malformed(token.at, 'a condition is missing at the end')
      case ')':
        throw new Malformed(token.at, 'this bracket was never opened; remove it')
      default:
        throw new Malformed(token.at, 'a condition is missing before this; put such text into double quotes')
    }
  }
  function phrase(text: string, field: string): Query {
    const slop = tilde()
    return { kind: 'phrase', field, text, ...(slop === undefined || slop.value === 0 ? {} : { slop: slop.value ?? 2 }) }
  }
  function termed(token: Extract<Token, { kind: 'term' }>, field: string): Query {
    // Lines of shell scripts and numbers: a sign inside what would be a word.
    let { text, raw } = token
    let { wild } = token
    for (let more = glued(raw, token.at); more !== undefined; more = glued(raw, token.at)) {
      text += more.text
      raw += more.raw
      wild ||= more.wild
    }
    const bound = /^([<>]=?)(.+)$/.exec(raw)
    if (bound !== null) return compared(bound[1] ?? '', bound[2] ?? '', field)
    const fuzzy = tilde()
    if (wild) return { kind: 'wildcard', field, pattern: raw }
    if (fuzzy !== undefined) return { kind: 'fuzzy', field, text, edits: Math.min(2, fuzzy.value ?? 2) }
    return { kind: 'phrase', field, text }
  }
  /** What follows without a blank belongs to the word: a colon as in `a:b:c`. */
  function glued(
    raw: string,
    at: number,
  ): { readonly text: string; readonly raw: string; readonly wild: boolean } | undefined {
    const colon = peek()
    const after = peek(1)
    if (colon.kind !== ':' || colon.at !== at + raw.length) return undefined
    if (after.kind !== 'term' || after.at !== colon.at + 1) return undefined
    next += 2
    return { text: `:${after.text}`, raw: `:${after.raw}`, wild: after.wild }
  }
  function compared(sign: string, value: string, field: string): Query {
    const bound: Bound = { value, included: sign.endsWith('=') }
    return sign.startsWith('>') ? { kind: 'range', field, from: bound } : { kind: 'range', field, to: bound }
  }
  function regex(token: Extract<Token, { text: string }>, field: string): Query {
    if (token.text.length > 1_000) throw new Malformed(token.at, 'this expression is longer than 1,000 characters')
    const compiled = compileRegex(token.text)
    if ('what' in compiled) throw new Malformed(token.at + 1 + compiled.at, compiled.what)
    skipWeights()
    return { kind: 'regex', field, source: token.text }
  }
  function range(open: Token, field: string): Query {
    const from = take()
    const to = take()
    const upper = take()
    const close = take()
    if (to.kind !== 'term' || to.text !== 'TO' || (close.kind !== ']' && close.kind !== '}'))
      throw new Malformed(open.at, 'a range is written [low TO high], with * for no bound')
    skipWeights()
    return {
      kind: 'range',
      field,
      ...boundFrom('from', from, open.kind === '['),
      ...boundFrom('to', upper, close.kind === ']'),
    }
  }
  function boundFrom(
    side: 'from' | 'to',
    token: Token,
    included: boolean,
  ): { readonly from?: Bound; readonly to?: Bound } {
    if (token.kind !== 'term' && token.kind !== 'quoted')
      throw new Malformed(token.at, 'a range wants a value or * on both sides of TO')
    return token.kind === 'term' && token.raw === '*' ? {} : { [side]: { value: token.text, included } }
  }
  function tilde(): { readonly value: number | undefined } | undefined {
    let found: { readonly value: number | undefined } | undefined
    for (let token = peek(); token.kind === 'tilde' || token.kind === 'boost'; token = peek()) {
      if (token.kind === 'tilde') found = { value: token.value }
      next += 1
    }
    return found
  }
  function skipWeights(): void {
    while (peek().kind === 'boost') next += 1
  }

  return {
    whole(): Query {
      const query = alternatives(defaultField)
      if (peek().kind === ')') throw new Malformed(peek().at, 'this bracket was never opened; remove it')
      return query
    },
  }
}

function joined(kind: 'and' | 'or', of: readonly Query[]): Query {
  const flat = of.flatMap((query) => (query.kind === kind ? query.of : [query]))
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : { kind, of: flat }
}

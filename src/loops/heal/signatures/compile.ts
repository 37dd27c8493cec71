import type { Query } from './query.ts'
import { compileRegex } from './regex.ts'
import { sequenceOf, tokensOf } from './tokens.ts'
import { isWithinEdits, matchesWildcard } from './words.ts'

/** A value made ready to be asked; its words are cut when the first condition wants them. */
export interface Value {
  readonly text: string
  readonly low: string
  readonly tokens: readonly string[]
  /** The tokens as one text, see `sequenceOf`. */
  readonly sequence: string
}

export function readValue(text: string): Value {
  const low = text.toLowerCase()
  let tokens: readonly string[] | undefined
  let sequence: string | undefined
  return {
    text,
    low,
    get tokens() {
      tokens ??= tokensOf(text)
      return tokens
    },
    get sequence() {
      sequence ??= sequenceOf(this.tokens)
      return sequence
    },
  }
}

/** A condition on the values of one field. */
export interface Condition {
  readonly field: string
  holds(value: Value): boolean
  /** Lower-case text of letters, digits and underscores that stands in every value for which it holds, if any is known. */
  readonly literal?: string | undefined
}

export type Compiled =
  | Condition
  | { readonly kind: 'and' | 'or'; readonly of: readonly Compiled[] }
  | { readonly kind: 'not'; readonly of: Compiled }
  | { readonly kind: 'always' | 'never' }

/**
 * A phrase of marks alone has no words to look for; as in Lucene, it asks for nothing and is left out. When nothing is
 * left, nothing matches.
 */
export function compile(query: Query): Compiled {
  return compiled(query) ?? { kind: 'never' }
}

function compiled(query: Query): Compiled | undefined {
  switch (query.kind) {
    case 'and':
    case 'or': {
      const of = query.of.flatMap((each) => compiled(each) ?? [])
      return of.length === 0 ? undefined : { kind: query.kind, of }
    }
    case 'not': {
      const of = compiled(query.of)
      return of === undefined ? undefined : { kind: 'not', of }
    }
    case 'everything':
      return { kind: 'always' }
    case 'exists':
      return { field: query.field, holds: ({ text }) => text !== '' }
    case 'phrase':
      return phrase(query.field, query.text, query.slop)
    case 'wildcard':
      return wildcard(query.field, query.pattern.toLowerCase())
    case 'fuzzy':
      return fuzzy(query.field, query.text, query.edits)
    case 'regex':
      return regex(query.field, query.source)
    case 'range':
      return {
        field: query.field,
        holds: ({ text }) =>
          (query.from === undefined || isOrdered(query.from.value, text, query.from.included)) &&
          (query.to === undefined || isOrdered(text, query.to.value, query.to.included)),
      }
    default:
      return query satisfies never
  }
}

function phrase(field: string, text: string, slop = 0): Condition | undefined {
  const tokens = tokensOf(text)
  if (tokens.length === 0) return undefined
  const literal = longestPlain(tokens)
  if (slop > 0) return { field, literal, holds: (value) => standsLoosely(tokens, value.tokens, slop) }
  const wanted = sequenceOf(tokens)
  // Most lines lack one of the words: seen without cutting the line.
  return {
    field,
    literal,
    holds: (value) => tokens.every((token) => value.low.includes(token)) && value.sequence.includes(wanted),
  }
}

/** In this order, with at most `slop` other words between them in all. */
function standsLoosely(wanted: readonly string[], words: readonly string[], slop: number): boolean {
  for (let start = words.indexOf(wanted[0] ?? ''); start !== -1; start = words.indexOf(wanted[0] ?? '', start + 1)) {
    let at = start
    for (const word of wanted.slice(1)) at = at === -1 ? -1 : words.indexOf(word, at + 1)
    if (at !== -1 && at - start + 1 - wanted.length <= slop) return true
  }
  return false
}

/** A pattern speaks of one word or of the whole value: a file's name with its folders is one. */
function wildcard(field: string, pattern: string): Condition {
  const pieces = pattern.split(/[*?]/).flatMap((piece) => piece.replaceAll('\\', '').match(/[a-z0-9_]+/g) ?? [])
  return {
    field,
    literal: longestPlain(pieces),
    holds: ({ low, tokens }) =>
      matchesWildcard(pattern, low) || tokens.some((token) => matchesWildcard(pattern, token)),
  }
}

function fuzzy(field: string, text: string, edits: number): Condition | undefined {
  const [word] = tokensOf(text)
  if (word === undefined) return undefined
  return { field, holds: ({ tokens }) => tokens.some((token) => isWithinEdits(word, token, edits)) }
}

function regex(field: string, source: string): Condition | undefined {
  const automaton = compileRegex(source)
  if ('what' in automaton) return undefined
  return {
    field,
    literal: longestPlain(automaton.literal.match(/[a-z0-9_]+/g) ?? []),
    holds: ({ low, tokens }) =>
      automaton.matches(low.slice(0, regexSees)) || tokens.some((token) => automaton.matches(token)),
  }
}

/** Of a longer value the rest is looked at word by word only. */
const regexSees = 2_000

/** Numbers by their size, other values by their letters. */
function isOrdered(low: string, high: string, same: boolean): boolean {
  const [a, b] = [Number(low), Number(high)]
  if (low.trim() !== '' && high.trim() !== '' && !Number.isNaN(a) && !Number.isNaN(b)) return same ? a <= b : a < b
  const [one, other] = [low.toLowerCase(), high.toLowerCase()]
  return same ? one <= other : one < other
}

function longestPlain(words: readonly string[]): string | undefined {
  return words
    .flatMap((word) => word.match(/[a-z0-9_]+/g) ?? [])
    .reduce<string | undefined>((best, word) => (word.length > (best?.length ?? 0) ? word : best), undefined)
}

import { type Bound, defaultField, type Query } from './query.ts'

/** A signature as text that means the same. */
export function printSignature(query: Query): string {
  return print(query, 0)
}

/** How tightly the surroundings bind: 0 alternatives, 1 AND, 2 NOT. */
function print(query: Query, around: 0 | 1 | 2): string {
  switch (query.kind) {
    case 'or':
      return bracketed(query.of.map((each) => print(each, 1)).join(' OR '), around > 0)
    case 'and':
      return bracketed(query.of.map((each) => print(each, 2)).join(' AND '), around > 1)
    case 'not':
      return bracketed(`NOT ${print(query.of, 2)}`, around === 0 || around === 1)
    case 'everything':
      return '*:*'
    case 'exists':
      return `${escaped(query.field)}:*`
    case 'phrase':
      return `${prefix(query.field)}${quoted(query.text)}${query.slop === undefined ? '' : `~${query.slop}`}`
    case 'wildcard':
      return `${prefix(query.field)}${query.pattern}`
    case 'fuzzy':
      return `${prefix(query.field)}${escaped(query.text)}~${query.edits}`
    case 'regex':
      return `${prefix(query.field)}/${query.source.replaceAll('/', '\\/')}/`
    case 'range':
      return `${prefix(query.field)}${range(query.from, query.to)}`
    default:
      return query satisfies never
  }
}

function bracketed(text: string, needed: boolean): string {
  return needed ? `(${text})` : text
}

function prefix(field: string): string {
  return field === defaultField ? '' : `${escaped(field)}:`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function escaped(text: string): string {
  return /^(?:AND|OR|NOT|TO)$/.test(text) ? `\\${text}` : text.replace(/[\s"()[\]{}:^~\\*?+\-!/<>&|]/g, '\\$&')
}

function range(from: Bound | undefined, to: Bound | undefined): string {
  const low = from === undefined ? '*' : quoted(from.value)
  const high = to === undefined ? '*' : quoted(to.value)
  return `${from?.included === false ? '{' : '['}${low} TO ${high}${to?.included === false ? '}' : ']'}`
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExpressions } from './expressions.ts'
import { neededText } from './needed-text.ts'

describe('what an expression needs', () => {
  it.each([
    [/\bcannot (?:find|open)\b/i, ['cannot find', 'cannot open']],
    [/error:|fail(?:ed|ure)?\b/i, ['error:', 'fail']],
    [/\d{1,9} ERRORS?/, [' error']],
    [/^\s{0,8}(?:--- )?(?=x)[+*] \S/, ['+ ', '* ']],
    [/a\.b{2,3}c/, ['a.b']],
    [/✖|[✔√] ok/, ['\u0001']],
    [/\u2713 \x41lright/, ['lright']],
    [/\p{L}: fine/u, [': fine']],
    [/(?<sign>[+-]{2,9})\k<sign>12 (?i:times)/, ['00 times']],
  ])('%s', (expression, texts) => {
    expect(neededText(expression)?.toSorted()).toEqual(texts.toSorted())
  })
  it.each([[/\w+/], [/^$/], [/(?:one)?/], [/one|\S/], [/[^a]/]])('%s needs nothing', (expression) => {
    expect(neededText(expression)).toBeUndefined()
  })
})

it('finds what each expression finds alone', () => {
  const expressions = [
    /\berror\b/i,
    /:\d{1,6}:in [`']/,
    /^\s{0,4}(?:\$|>) \S/,
    /[✖×]|not ok \d/,
    /could ?n[o']t/i,
    /^[A-Z]{2}/,
    /\b\d{1,3}%/,
    /([-=])(?:\1){3}/,
    /--|=>/,
  ]
  const found = createExpressions(expressions)
  const piece = fc.constantFrom(
    'error',
    'ERROR',
    ' ',
    ':12:in `',
    '$ x',
    '> y',
    '×',
    'not ok 7',
    "Couldn't",
    'could not',
  )
  const line = fc.array(fc.oneof(piece, fc.constantFrom('7%', '----', '=>', 'ſ', 'K'), fc.string({ maxLength: 5 })))
  fc.assert(
    fc.property(line, (pieces) => {
      const text = pieces.join('')
      const places: number[] = []
      found(text, (place) => places.push(place))
      expect(places).toEqual(expressions.flatMap((each, place) => (each.test(text) ? [place] : [])))
    }),
    { numRuns: 500 },
  )
})

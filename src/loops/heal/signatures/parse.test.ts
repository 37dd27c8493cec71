import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSignature } from './parse.ts'
import { printSignature } from './print.ts'
import type { Query } from './query.ts'

const anyText = fc.string({ unit: fc.constantFrom(...'aB1 "\\/():*?+-é'), minLength: 1, maxLength: 12 })
const field = fc.constantFrom('message', 'tags', 'build_name', 'odd field:(x)')
const plain = fc.constantFrom('12', 'word', '2026-01-02', 'a b')
const bound = fc.record({ value: plain, included: fc.boolean() })
const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc.record({ kind: fc.constant('phrase'), field, text: anyText }),
  fc.record({ kind: fc.constant('phrase'), field, text: anyText, slop: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('wildcard'), field, pattern: fc.constantFrom('a*', '*b?', 'x\\*y*') }),
  fc.record({
    kind: fc.constant('fuzzy'),
    field,
    text: fc.constantFrom('word', 'AND', 'a:b'),
    edits: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({ kind: fc.constant('regex'), field, source: fc.constantFrom('a/b', '[a-z]+(x|y){2,3}', '\\d\\.', '"') }),
  fc.record({ kind: fc.constant('range'), field, from: bound, to: bound }),
  fc.record({ kind: fc.constant('exists'), field }),
  fc.constant({ kind: 'everything' }),
) as fc.Arbitrary<Query>

const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
      })
      .map(({ kind, of }): Query => ({ kind, of: of.flatMap((each) => (each.kind === kind ? each.of : [each])) })),
    tie('query').map((of): Query => ({ kind: 'not', of })),
  ),
}))

it('what is printed is read as the same', () => {
  fc.assert(
    fc.property(query, (tree) => {
      expect(parseSignature(printSignature(tree))).toEqual({ kind: 'query', query: tree })
    }),
    { numRuns: 500 },
  )
})

it('whatever is written, the answer is a tree or a problem with its place', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(...'ab "\\/()[]{}:*?+-!~^&|<>.', 'AND ', 'OR ', 'NOT ', ' TO '),
        maxLength: 40,
      }),
      (text) => {
        const parsed = parseSignature(text)
        if (parsed.kind === 'query') return
        expect(parsed.at).toBeGreaterThanOrEqual(0)
        expect(parsed.at).toBeLessThanOrEqual(text.length)
        expect(parsed.sentence).toMatch(/^character \d+/)
      },
    ),
    { numRuns: 2_000 },
  )
})

describe('a problem says what, where, and what to do', () => {
  it.each([
    ['', 'character 1: nothing stands here; write for example message:"No space left on device"'],
    [
      'message:"open',
      'character 9 (""open"): the " opened here is never closed; close it, or write \\" for the character',
    ],
    ['a AND', 'character 6: a condition is missing at the end'],
    ['(a OR b', 'character 1 ("(a OR b"): this bracket is not closed; write ) at the end of its group'],
    ['a)', 'character 2 (")"): this bracket was never opened; remove it'],
    ['tags:', 'character 1 ("tags:"): the field tags wants a value behind its colon'],
    ['n:[1 3]', 'character 3 ("[1 3]"): a range is written [low TO high], with * for no bound'],
    ['/a(b/', 'character 3 ("(b/"): this bracket is not closed'],
    ['/a{1000}/', 'character 3 ("{1000}/"): wants {n}, {n,} or {n,m} here'],
  ])('%s', (text, sentence) => {
    expect(parseSignature(text)).toMatchObject({ kind: 'problem', sentence })
  })
})

it('nesting without end is refused, not followed', () => {
  for (const text of ['('.repeat(4_000), 'NOT '.repeat(1_500), `${'('.repeat(60)}a${')'.repeat(60)}`])
    expect(parseSignature(text)).toMatchObject({ kind: 'problem' })
})

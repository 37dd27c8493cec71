import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBlockReader } from '../logs/blocks.ts'
import { createMatcher, type Fields, matches } from './matcher.ts'
import { parseSignature } from './parse.ts'
import type { Query } from './query.ts'

function query(text: string): Query {
  const parsed = parseSignature(text)
  if (parsed.kind === 'problem') throw new Error(parsed.sentence)
  return parsed.query
}
const hits = (text: string, message: string, fields?: Fields) => matches(query(text), message, fields)

describe('a phrase', () => {
  it('is its words one after the other, whatever their case and the marks between them', () => {
    expect(hits('message:"No space left"', 'write: no space LEFT on device')).toBe(true)
    expect(hits('message:"No space left"', '[no] space, left!')).toBe(true)
    expect(hits('message:"No space left"', 'no more space left')).toBe(false)
    expect(hits('message:"No space left"', 'no spaces left')).toBe(false)
  })

  it('cuts words as Elasticsearch does', () => {
    expect(hits('"compute.manager Timeout"', 'nova.compute.manager Timeout')).toBe(false)
    expect(hits('"nova.compute.manager Timeout"', 'nova.compute.manager: Timeout')).toBe(true)
    expect(hits('"test_boot"', 'test_boot_twice')).toBe(false)
    expect(hits('tags:"screen"', '', { tags: 'screen-n-api.txt' })).toBe(true)
    expect(hits('"couldn\'t connect"', "curl: couldn't connect")).toBe(true)
    expect(hits('"exit 1,000"', 'exit 1,000')).toBe(true)
  })

  it('of marks alone asks for nothing, and alone matches nothing', () => {
    expect(hits('"[{"', '[{')).toBe(false)
    expect(hits('"[{" AND "left"', 'left')).toBe(true)
    expect(hits('"left" AND NOT "--"', 'left --')).toBe(true)
  })

  it('may have other words between its own', () => {
    expect(hits('"lost connection"~2', 'lost the database connection')).toBe(true)
    expect(hits('"lost connection"~1', 'lost the database connection')).toBe(false)
  })
})

describe('conditions', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['a AND b', 'a b', true],
    ['a AND b', 'a', false],
    ['a OR b', 'b', true],
    ['a b', 'b', true],
    ['a AND NOT b', 'a', true],
    ['a AND NOT b', 'a b', false],
    ['a AND NOT (b OR c)', 'a c', false],
    ['a OR b AND c', 'a', true],
    ['a OR b AND c', 'b', false],
    ['+a b', 'b', false],
    ['+a b', 'a', true],
    ['a -b', 'c', false],
    ['a -b', 'a', true],
    ['a -b', 'a b', false],
    ['-b', 'a', true],
    ['message:(+"a" +"b c")', 'b c a', true],
    ['message:(+"a" +"b c")', 'b a c', false],
    ['!a', 'b', true],
    ['constructor', 'a constructor', true],
    ['constructor', 'and', false],
    ['a && (b || c)', 'a c', true],
    ['wor*', 'a word', true],
    ['w?rd', 'a ward', true],
    ['w?rd', 'a wrd', false],
    ['conection~1', 'connection', true],
    ['conection~1', 'correction', false],
    ['/time[ds] ?out/', 'it timed out here', false],
    ['/.*time[ds] ?out.*/', 'it timed out here', true],
    ['/[a-f0-9]{8}/', 'commit deadbeef', true],
    ['*:*', '', true],
  ]
  it.each(cases)('%s on "%s" is %s', (text, message, expected) => {
    expect(hits(text, message)).toBe(expected)
  })

  it('ask fields of the log as well', () => {
    const fields: Fields = {
      tags: ['console', 'check'],
      filename: 'logs/old/screen-c-vol.txt',
      build_name: 'gate-nova-python26',
      count: '12',
    }
    const cases: readonly (readonly [string, boolean])[] = [
      ['tags:console', true],
      ['tags:"console.html"', false],
      ['filename:logs*screen-c-vol.txt', true],
      ['build_name:gate-nova-python2*', true],
      ['build_name:*-pypy', false],
      ['build_name:*', true],
      ['project:*', false],
      ['count:[2 TO 12]', true],
      ['count:{2 TO 12}', false],
      ['count:>=12', true],
      ['count:[* TO 3]', false],
      ['NOT build_name:*sahara*', true],
    ]
    for (const [text, expected] of cases) expect([text, hits(text, 'm', fields)]).toEqual([text, expected])
  })
})

it('hits of many signatures in a streamed log are counted, with the line of the first', () => {
  const texts: Readonly<Record<string, string>> = {
    disk: '"No space left on device" AND tags:console',
    elsewhere: '"No space left on device" AND tags:"screen.txt"',
    either: '"connection refused" OR "connection reset"',
    short: '"a b"',
    notThis: '"downloading" AND NOT "cache"',
    über: '"größe überschritten"',
  }
  const matcher = createMatcher(Object.entries(texts).map(([id, text]) => ({ id, query: query(text) })))
  const look = matcher.on({ tags: 'console' })
  const blocks = createBlockReader(look.see)
  const lines = [
    'Downloading from the cache',
    '2026-01-02T03:04:05.1234567Z \u001b[31mError: NO SPACE left on device\u001b[0m',
    ...Array.from({ length: 20_000 }, (_, index) => `line ${index}: nothing to see`),
    'x: Connection RESET by peer',
    'cp: no space left on device',
    'A, b!',
    'downloading again',
    'Größe überschritten',
  ]
  blocks.push(Buffer.from(lines.join('\n')))
  blocks.end()
  expect(look.hits()).toEqual([
    { id: 'disk', line: 2, count: 2 },
    { id: 'either', line: 20_003, count: 1 },
    { id: 'short', line: 20_005, count: 1 },
    { id: 'notThis', line: 20_006, count: 1 },
    { id: 'über', line: 20_007, count: 1 },
  ])
})

const words = ['error', 'timeout', 'Timed', 'out', 'db', 'nova.api', 'test_login', 'x', '12', '[', ':']
const anyLine = fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((list) => list.join(' '))
const anyCondition = fc.oneof(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((list) => `"${list.join(' ')}"`),
  fc.constantFrom('tags:console', 'tags:other', 'time*', '/tim.*/', '/e?rror/', 'eror~1', '*ut', 'message:*'),
)
const anyQuery = fc
  .array(fc.tuple(fc.constantFrom('AND ', 'OR ', 'AND NOT ', 'OR NOT '), anyCondition), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([join, one], index) => (index === 0 ? one : join + one)).join(' '))

it('a streamed log gives what each line alone gives', () => {
  fc.assert(
    fc.property(
      fc.array(anyQuery, { minLength: 1, maxLength: 4 }),
      fc.array(anyLine, { maxLength: 12 }),
      (texts, lines) => {
        const signatures = texts.map((text, number) => ({ id: String(number), query: query(text) }))
        const look = createMatcher(signatures).on({ tags: 'console' })
        const blocks = createBlockReader(look.see)
        blocks.push(Buffer.from(lines.map((line) => `${line}\n`).join('')))
        blocks.end()
        const expected = signatures.flatMap(({ id, query }) => {
          const hit = lines.flatMap((line, index) => (matches(query, line, { tags: 'console' }) ? [index + 1] : []))
          return hit[0] === undefined ? [] : [{ id, line: hit[0], count: hit.length }]
        })
        const inOrder = look.hits().toSorted((a, b) => a.id.localeCompare(b.id))
        expect(inOrder).toEqual(expected)
      },
    ),
    { numRuns: 300 },
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBoundedJson } from './bounded-json.ts'

const bounds = { maxBytes: 1_000_000, maxDepth: 64 }
const parse = (text: string) => parseBoundedJson(Buffer.from(text), bounds)

test('JSON within its bounds is what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value)
      expect(parse(text)).toEqual({ kind: 'value', value: JSON.parse(text) })
    }),
  )
})

test('depth is counted exactly, in arrays and objects, and not in strings', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  expect(parse(nested(64)).kind).toBe('value')
  expect(parse(nested(65))).toEqual({ kind: 'bad', sentence: 'the JSON is nested deeper than 64 levels' })
  expect(parse(`${'{"a":['.repeat(33)}${']}'.repeat(33)}`).kind).toBe('bad')
  expect(parse(JSON.stringify('[{'.repeat(500))).kind).toBe('value')
  expect(parse(JSON.stringify(`\\"${'['.repeat(500)}`)).kind).toBe('value')
  expect(parse(`[${'[],'.repeat(500)}[]]`).kind).toBe('value')
})

test('a quote ends a string only if the backslashes before it say so, among characters of any length', () => {
  const character = fc.constantFrom('"', '\\', '[', '{', ']', '}', 'a', 'ä', '€', '\u{1f600}', '\n')
  const text = fc.string({ unit: character })
  fc.assert(
    fc.property(fc.array(text), fc.integer({ min: 1, max: 80 }), (texts, depth) => {
      const json = '['.repeat(depth) + texts.map((one) => JSON.stringify(one)).join() + ']'.repeat(depth)
      expect(parse(json).kind).toBe(depth <= 64 ? 'value' : 'bad')
    }),
  )
})

test('what was changed anywhere is read only if JSON.parse reads it too', () => {
  const original = JSON.stringify([{ 'a "b"': 'c\\', list: [1, -2.5e3, true, null, {}] }, 'ä[', ['\u2028']])
  fc.assert(
    fc.property(fc.nat({ max: original.length }), fc.nat({ max: 3 }), fc.string(), (at, cut, put) => {
      const changed = original.slice(0, at) + put + original.slice(at + cut)
      const parsed = parse(changed)
      const meant = (() => {
        try {
          return { kind: 'value', value: JSON.parse(changed.toWellFormed()) }
        } catch {
          return undefined
        }
      })()
      if (meant) expect(parsed).toEqual(meant)
      else expect(parsed.kind).toBe('bad')
    }),
    { numRuns: 500 },
  )
})

test('a million levels end quickly', () => {
  const start = performance.now()
  expect(parse('['.repeat(999_999)).kind).toBe('bad')
  expect(parse(`"${'\\"['.repeat(300_000)}`).kind).toBe('bad')
  expect(parse(`"${'\\'.repeat(999_998)}"`).kind).toBe('value')
  expect(performance.now() - start).toBeLessThan(3_000)
})

test('too many bytes are refused unread', () => {
  expect(parseBoundedJson(Buffer.from('"123"'), { ...bounds, maxBytes: 4 })).toEqual({
    kind: 'bad',
    sentence: 'the body has 5 bytes; at most 4 are read',
  })
})

test('bytes that are no UTF-8 are told from text that is no JSON', () => {
  expect(parseBoundedJson(Buffer.from([0x22, 0xff, 0x22]), bounds)).toMatchObject({
    sentence: 'the body is not UTF-8 text',
  })
  expect(parse('{"a":')).toMatchObject({ kind: 'bad', sentence: expect.stringContaining('cut short') })
})

test('any bytes have an answer', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => ['value', 'bad'].includes(parseBoundedJson(bytes, bounds).kind)))
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMasker } from './mask.ts'

const mask = (secrets: string[], text: string) => createMasker(secrets).mask(text)

test.each([
  ['itself', 'tok3n-abc', 'x tok3n-abc y', 'x *** y'],
  ['doubled', 'abcabc', 'abcabcabc', '***'],
  ['side by side', 'abcd', 'abcdabcd', '***'],
  ['base64', 'pass:word', `Basic ${btoa('pass:word')}`, 'Basic ***'],
  ['in JSON', 'say "hi"\\now', JSON.stringify({ a: 'say "hi"\\now' }), '{"a":"***"}'],
  ['in an address', 'p@ss w/rd', 'https://u:p%40ss%20w%2Frd@host', 'https://u:***@host'],
  ['in XML', 'a<b>&c', '<x>a&lt;b&gt;&amp;c</x>', '<x>***</x>'],
  ['in an expression', "it's mine", "format('it''s mine')", "format('***')"],
  ['as a command value', '100% sure', '::x::100%25 sure', '::x::***'],
  ['without its quotes', '"quoted-value"', 'is quoted-value here', 'is *** here'],
  ['cut by PowerShell', 'first-part&second-part', 'first-part & second-part', '*** & ***'],
  ['a line of several', 'line one\nline two', 'only line two here', 'only *** here'],
])('a secret is hidden %s', (_name, secret, text, expected) => {
  expect(mask([secret], text)).toBe(expected)
})

test('a secret is hidden in the base64 of a longer text, wherever its bytes start', () => {
  const secret = 'very-secret-value-42'
  for (const before of ['', 'a', 'ab', 'abc'])
    expect(mask([secret], btoa(`${before}${secret}zz`))).toMatch(/^[\w+/]{0,5}\*\*\*[\w+/=]{0,8}$/)
})

test('an empty secret and the braces of a JSON key hide nothing', () => {
  expect(mask(['', '{\n"key": "abc"\n}'], 'if (x) { y }')).toBe('if (x) { y }')
})

const small = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '&', '"', '\n'), maxLength: 8 })

test('text in pieces is masked as the whole text is, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 4 }), fc.array(small, { maxLength: 12 }), (secrets, pieces) => {
      const masker = createMasker(secrets)
      const stream = masker.stream()
      const masked = pieces.map((piece) => stream.push(piece)).join('') + stream.end()
      expect(masked).toBe(masker.mask(pieces.join('')))
    }),
    { numRuns: 3_000 },
  )
})

test('no secret is left in what was masked', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 20 }).filter((text) => !text.includes('*'))
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
      expect(mask([value], before + value + after)).not.toContain(value)
    }),
  )
})

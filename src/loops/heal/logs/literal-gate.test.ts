import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLiteralGate } from './literal-gate.ts'

const literals = [
  'error',
  'error TS',
  ' error: ',
  'rror:',
  'FAILED',
  '[  FAILED  ]',
  'ails',
  '● te',
  'aaaa',
  'aaab',
  'SG.',
  'ror',
]
const gate = createLiteralGate(literals)

it('finds exactly the literals that stand in the text, also where they overlap', () => {
  const part = fc.oneof(fc.constantFrom(...literals), fc.string({ maxLength: 4 }), fc.constantFrom('a', ' ', 'e', '\n'))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      const bytes = Buffer.from(text)
      const found = new Set<string>()
      gate.each(bytes, 0, bytes.length, (index) => {
        found.add(literals[index] ?? '')
        return false
      })
      expect([...found].toSorted()).toEqual(literals.filter((literal) => text.includes(literal)).toSorted())
      expect(gate.next(bytes, 0) !== -1).toBe(found.size > 0)
    }),
  )
})

it('refuses a literal that is too short to be found', () => {
  expect(() => createLiteralGate(['ab'])).toThrow(/shorter than three bytes/)
})

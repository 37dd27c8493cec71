import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLiteralGate } from './literal-gate.ts'

const literals = ['error', 'error TS', ' error: ', 'rror:', 'FAILED', '[  FAILED  ]', 'ails', '● te', 'aaaa', 'aaab']
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

it('finds a literal that begins with a newline at the beginning of every line, the first included', () => {
  const begins = createLiteralGate(['\n--- ', '\n--- FAIL'])
  const told: string[] = []
  const bytes = Buffer.from('--- one\n --- two\n--- FAIL three\n\n--- four')
  begins.each(bytes, 0, bytes.length, (index, at) => {
    told.push(`${index}@${at}`)
    return false
  })
  expect(told.toSorted()).toEqual(['0@0', '0@17', '0@33', '1@17'])
  begins.each(bytes, 17, bytes.length, (index, at) => {
    told.push(`again ${index}@${at}`)
    return false
  })
  expect(told.filter((one) => one.startsWith('again')).toSorted()).toEqual(['again 0@17', 'again 0@33', 'again 1@17'])
})

it('finds a literal of three bytes wherever a word begins with it', () => {
  const short = ['SG.', 'pat', '-u ']
  const gateOfShort = createLiteralGate(short)
  const before = fc.constantFrom('', 'a', ' x', ': ', ' "', '\n', '\\n', '\x1b[32m', '→', 'é:', '(', '=')
  fc.assert(
    fc.property(fc.string({ maxLength: 9 }), before, fc.constantFrom(...short), (text, gap, literal) => {
      const bytes = Buffer.from(`${text}${gap}${literal}`)
      const found: string[] = []
      gateOfShort.each(bytes, 0, bytes.length, (index, at) => {
        expect(bytes.toString('utf8', at, at + 3)).toBe(short[index])
        found.push(short[index] ?? '')
        return false
      })
      const isWord = /(?:^|[^A-Za-z0-9_]|[mnrt])$/.test(text + gap)
      expect(found.includes(literal)).toBe(isWord || found.length > 1)
    }),
  )
})

it('refuses a literal that is too short to be found', () => {
  expect(() => createLiteralGate(['ab'])).toThrow(/shorter than three bytes/)
})

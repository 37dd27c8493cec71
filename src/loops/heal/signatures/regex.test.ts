import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compileRegex } from './regex.ts'

function matcher(source: string): (text: string) => boolean {
  const automaton = compileRegex(source)
  if ('what' in automaton) throw new Error(automaton.what)
  return automaton.matches
}

const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '(a|bc)', '(ab)', '(|c)')
const times = fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{0,}')
const source = fc
  .array(fc.tuple(atom, times), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map(([one, many]) => one + many).join(''))

it('agrees with JavaScript on whole texts', () => {
  fc.assert(
    fc.property(source, fc.string({ unit: fc.constantFrom(...'abc1'), maxLength: 8 }), (expression, text) => {
      expect(matcher(expression)(text)).toBe(new RegExp(`^(?:${expression})$`).test(text))
    }),
    { numRuns: 1_000 },
  )
})

it('is done in no time where backtracking takes for ever', () => {
  const startedAt = performance.now()
  expect(matcher('(a*)*(a|a)*b')('a'.repeat(5_000))).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

it('knows the text that must stand there', () => {
  const literal = (expression: string) => {
    const automaton = compileRegex(expression)
    return 'what' in automaton ? undefined : automaton.literal
  }
  expect(literal('.*timed out after [0-9]+.*')).toBe('timed out after ')
  expect(literal('(abc|def)')).toBe('')
})

it('refuses what would need too many states', () => {
  expect(compileRegex('((a{99}){99}){99}')).toMatchObject({ what: expect.stringContaining('too large') })
})

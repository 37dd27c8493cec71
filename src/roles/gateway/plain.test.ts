import { expect, it } from 'vitest'
import { plainDeep } from './plain.ts'

it('text is made plain at every depth, in names too; everything else stays as it is', () => {
  const view = {
    name: '\u001b[31mred\u001b[0m',
    list: [1, null, 'a\u202Eb'],
    '\u0007bell': true,
    log: 'tab\tand\nline',
  }
  expect(plainDeep(view)).toEqual({ name: 'red', list: [1, null, 'a<U+202E>b'], bell: true, log: 'tab\tand\nline' })
})

it('a long text is not cut', () => {
  const text = `\u001b[1m${'W'.repeat(100_000)}`
  expect(plainDeep(text)).toBe('W'.repeat(100_000))
})

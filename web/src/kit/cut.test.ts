import { describe, expect, it } from 'vitest'
import { cut } from './cut.ts'

describe('cutting a text', () => {
  it('leaves short ones whole', () => expect(cut('a title', 10)).toBe('a title'))
  it('says how much is missing', () => expect(cut('x'.repeat(10_000), 100)).toBe(`${'x'.repeat(100)}… (9,900 more)`))
  it('does not tear a letter apart', () => expect(cut('🧵'.repeat(50), 10)).toMatch(/^(🧵){10}…/u))
})

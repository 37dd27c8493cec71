import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLikeness } from './likeness.ts'

it('is the greatest share of words that a line has in common with another', () => {
  const words = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 8 })
  fc.assert(
    fc.property(fc.array(words, { maxLength: 6 }), words, (others, own) => {
      const shares = others.map((other) => {
        const shared = other.filter((word) => own.includes(word)).length
        return shared / Math.max(1, other.length + own.length - shared)
      })
      expect(createLikeness(others.map((other) => new Set(other)))(Int32Array.from(own))).toBe(Math.max(0, ...shares))
    }),
  )
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSpace } from './columns.ts'
import { within } from './nearby.ts'

it('the greatest of the lines near is what looking at each of them finds', () => {
  const numbers = fc.array(fc.float({ noNaN: true, min: -50, max: 50 }), { maxLength: 40 })
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 9 }), (list, size) => {
      const values = Float32Array.from(list)
      const [before, after] = within(values, size, createSpace(values.length, 2))
      const most = (near: Float32Array): number => (near.length === 0 ? -9 : Math.max(...near))
      for (let at = 0; at < values.length; at += 1) {
        expect(before.values[at]).toBe(most(values.slice(Math.max(0, at - size), at)))
        expect(after.values[at]).toBe(most(values.slice(at + 1, at + 1 + size)))
      }
    }),
  )
})

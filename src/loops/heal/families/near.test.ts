import fc from 'fast-check'
import { expect, it } from 'vitest'
import { areNear, mayBeNear, shapeOf } from './near.ts'

it('allows edits of a tenth of the longer text', () => {
  expect(areNear('0123456789', '0123x56789')).toBe(true)
  expect(areNear('0123456789', '0123xx6789')).toBe(false)
  expect(areNear('0123456789', '012345678')).toBe(true)
  expect(areNear('short', 'shore')).toBe(false)
  expect(areNear('', '')).toBe(true)
})

const text = fc.string({ unit: fc.constantFrom(...'ab c'), maxLength: 60 })

it('agrees with the plain edit distance, both ways round', () => {
  fc.assert(
    fc.property(text, text, fc.nat(), (start, other, cut) => {
      const like = start.slice(0, cut % 60) + other.slice(0, 3) + start.slice((cut % 60) + 2)
      for (const [a, b] of [
        [start, other],
        [start, like],
      ] as const) {
        const near = distance(a, b) <= Math.floor(Math.max(a.length, b.length) / 10)
        expect(areNear(a, b)).toBe(near)
        expect(areNear(b, a)).toBe(near)
        // What a shape rules out is not near.
        if (near) expect(mayBeNear(shapeOf(a), shapeOf(b), Math.max(a.length, b.length))).toBe(true)
      }
    }),
  )
})

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[b.length] ?? 0
}

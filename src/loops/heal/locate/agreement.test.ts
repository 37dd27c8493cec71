import { expect, it } from 'vitest'
import { agreement } from './agreement.ts'

it('weighs shown lines against marked ones', () => {
  const told = agreement([{ start: 10, end: 13 }], [{ start: 12, end: 15 }])
  expect(told).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, overlaps: true, startsInside: false })
})

it('counts a line once however often it is shown', () => {
  const twice = [
    { start: 3, end: 4 },
    { start: 4, end: 5 },
  ]
  expect(agreement(twice, [{ start: 3, end: 5 }]).f1).toBe(1)
})

it('counts neutral lines neither for nor against', () => {
  expect(agreement([{ start: 1, end: 4 }], [{ start: 3, end: 4 }], [{ start: 1, end: 2 }]).precision).toBe(1)
})

it('is nothing when nothing is shown', () => {
  expect(agreement([], [{ start: 1, end: 1 }])).toMatchObject({ f1: 0, overlaps: false, startsInside: false })
})

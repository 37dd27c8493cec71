import { expect, it } from 'vitest'
import type { Judged } from './model.ts'
import { mostLines, newRanges, rangesOf } from './ranges.ts'

const loudAt = (rows: number, ...loud: readonly number[]) => {
  const inside = Float32Array.from({ length: rows }, (_, row) => (loud.includes(row) ? 3 : -3))
  return { inside, start: inside, end: inside }
}
const region = (from: number, to: number, place: number, touch: number): Judged => ({
  from,
  to,
  place,
  variant: 0,
  score: 1 - place,
  match: touch,
  touch,
})
const alone = { withExamples: false, cause: -1 }

it('the place that promises most is shown whole, others with their loudest lines', () => {
  const judged = [region(10, 20, 0, 0.8), region(40, 50, 1, 0.3)]
  const ranges = rangesOf(judged, loudAt(60, 44), alone)
  expect(ranges).toMatchObject([
    { from: 10, to: 20 },
    { from: 44, to: 44 },
  ])
})

it('a place that hardly holds the failing part is not shown, and with examples even fewer are', () => {
  const judged = [region(10, 20, 0, 0.9), region(40, 41, 1, 0.07), region(50, 51, 2, 0.01)]
  expect(rangesOf(judged, loudAt(60), alone)).toHaveLength(2)
  expect(rangesOf(judged, loudAt(60), { ...alone, withExamples: true })).toHaveLength(1)
})

it('where the trees are unsure the line that a pattern calls a cause comes first', () => {
  const judged = [region(10, 20, 0, 0.3), region(40, 41, 1, 0.2)]
  expect(rangesOf(judged, loudAt(60, 40), { ...alone, cause: 40 })[0]).toMatchObject({ from: 40, to: 40, score: 0.3 })
  expect(rangesOf(judged, loudAt(60), { ...alone, cause: 33 })[0]).toMatchObject({ from: 33, to: 33 })
})

it('new lines that stand close together are one range, and no more than fit are shown', () => {
  const numbers = Int32Array.from({ length: 300 }, (_, row) => row + 1)
  expect(newRanges(loudAt(300, 5, 6, 8, 90), numbers)).toMatchObject([
    { from: 90, to: 90 },
    { from: 5, to: 8 },
  ])
  const all = loudAt(300, ...numbers.map((line) => line - 1))
  const shown = newRanges(all, numbers).reduce((sum, { from, to }) => sum + to - from + 1, 0)
  expect(shown).toBe(mostLines)
})

it('lines over a gap of what was not kept are never one range', () => {
  const numbers = Int32Array.from([1, 2, 500, 501])
  expect(newRanges(loudAt(4, 0, 1, 2, 3), numbers)).toHaveLength(2)
})

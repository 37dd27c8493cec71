import { expect, it } from 'vitest'
import { seeded } from '../learn/random.ts'
import { type GrowOptions, growTrees, type Rows } from './grow.ts'
import { packTrees, unpackTrees } from './packed-trees.ts'
import { scoreOf } from './trees.ts'

const options: GrowOptions = {
  trees: 40,
  depth: 3,
  rate: 0.2,
  l2: 1,
  leastWeight: 1,
  columnShare: 1,
  rowShare: 0.8,
  seed: 7,
}

/** True where exactly one of the first two of four columns is large. */
function eitherOr(count: number): Rows {
  const random = seeded(3)
  const values = Float32Array.from({ length: count * 4 }, () => random())
  const labels = Array.from({ length: count }, (_, row) =>
    (values[row * 4] ?? 0) > 0.5 !== (values[row * 4 + 1] ?? 0) > 0.5 ? 1 : 0,
  )
  return { columns: 4, values, labels, weights: new Float32Array(count).fill(1) }
}

it('trees learn what no single column tells', () => {
  const rows = eitherOr(600)
  const trees = growTrees(rows, options)
  const right = Array.from(rows.labels).filter(
    (label, row) => scoreOf(trees, rows.values, row * 4) > 0 === (label === 1),
  ).length
  expect(right / 600).toBeGreaterThan(0.95)
})

it('the same rows and seed grow the same trees', () => {
  expect(growTrees(eitherOr(200), options)).toEqual(growTrees(eitherOr(200), options))
})

it('trees that were packed say the same', () => {
  const rows = eitherOr(200)
  const trees = growTrees(rows, options)
  const again = unpackTrees(packTrees(trees))
  for (let row = 0; row < 200; row += 1)
    expect(scoreOf(again, rows.values, row * 4)).toBe(scoreOf(trees, rows.values, row * 4))
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSpace, rowsOf } from './columns.ts'
import { scoreOf, scoresOf } from './trees.ts'

it('trees say of a column of lines what they say of each line', () => {
  const trees = {
    base: 0.5,
    roots: Int32Array.of(0, 3),
    column: Int16Array.of(1, -1, -1, 0, -1, -1),
    threshold: Float32Array.of(2, 0.25, -0.5, 0, 1, -1),
    left: Int32Array.of(1, 0, 0, 4, 0, 0),
  }
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true, min: -50, max: 50 }), { maxLength: 40 }), (list) => {
      const space = createSpace(list.length, 2)
      const [one, two] = [space.column(), space.column()]
      one.values.set(list)
      two.values.set(list.toReversed())
      const columns = { rows: list.length, values: space.values, starts: Int32Array.of(one.start, two.start) }
      const rows = Int32Array.from(list.keys())
      const alone = rowsOf(columns, [...rows])
      expect([...scoresOf(trees, columns, rows)]).toEqual(Array.from(rows, (row) => scoreOf(trees, alone, row * 2)))
    }),
  )
})

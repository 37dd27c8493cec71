import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Folds, fold, lineOf, reveal, rowOf, rowsOf, unfold } from './folding.ts'

const someFolds = fc
  .array(fc.tuple(fc.integer({ min: 2, max: 400 }), fc.nat({ max: 60 })), { maxLength: 12 })
  .map((pairs) => pairs.reduce<Folds>((folds, [first, more]) => fold(folds, { first, last: first + more }), []))

const visible = (folds: Folds, lines: number) =>
  Array.from({ length: lines }, (_, i) => i + 1).filter(
    (line) => !folds.some(({ first, last }) => line >= first && line <= last),
  )

describe('folding', () => {
  it('counts rows and lines as if every hidden line were crossed out', () => {
    fc.assert(
      fc.property(someFolds, (folds) => {
        const shown = visible(folds, 500)
        expect(rowsOf(folds, 500)).toBe(shown.length)
        expect(shown.map((_, row) => lineOf(folds, row))).toEqual(shown)
        expect(shown.map((line) => rowOf(folds, line))).toEqual(shown.map((_, row) => row))
      }),
    )
  })

  it('finds a folded line at its heading', () => {
    const folds = fold([], { first: 11, last: 20 })
    expect(rowOf(folds, 15)).toBe(rowOf(folds, 10))
    expect(lineOf(folds, 10)).toBe(21)
  })

  it('swallows folds inside a new one, and ignores an empty group', () => {
    const inner = fold(fold([], { first: 12, last: 13 }), { first: 30, last: 31 })
    expect(fold(inner, { first: 11, last: 20 })).toEqual([
      { first: 11, last: 20 },
      { first: 30, last: 31 },
    ])
    expect(fold([], { first: 5, last: 4 })).toEqual([])
  })

  it('opens by heading, and opens whatever hides a line', () => {
    const folds = fold(fold([], { first: 11, last: 20 }), { first: 30, last: 31 })
    expect(unfold(folds, 11)).toEqual([{ first: 30, last: 31 }])
    expect(reveal(folds, 31)).toEqual([{ first: 11, last: 20 }])
    expect(reveal(folds, 25)).toEqual(folds)
  })
})

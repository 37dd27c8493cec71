import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowHeight, scrollTo, sheetHeight, tallest, windowAt } from './window.ts'

const height = 600
const rowsSeen = (scrollTop: number, rows: number, wrapped = false) => {
  const { first, count } = windowAt(scrollTop, rows, height, wrapped)
  return { first, last: first + count - 1 }
}

describe('the window on a long log', () => {
  it('never puts more than 200 rows into the page, of whatever log', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 50_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (rows, at, wrapped) => {
          const scrollTop = at * Math.max(0, sheetHeight(rows, height, wrapped) - height)
          const { first, count } = windowAt(scrollTop, rows, height, wrapped)
          expect(count).toBeLessThanOrEqual(200)
          expect(first).toBeGreaterThanOrEqual(0)
          expect(first + count).toBeLessThanOrEqual(rows)
        },
      ),
    )
  })

  it.each([10, 1_000, 1_000_000, 20_000_000])('reaches the first and the last of %d lines', (rows) => {
    expect(rowsSeen(0, rows).first).toBe(0)
    expect(rowsSeen(sheetHeight(rows, height, false) - height, rows).last).toBe(rows - 1)
    expect(rowsSeen(sheetHeight(rows, height, true) - height, rows, true).last).toBe(rows - 1)
  })

  it('stays below what a browser can scroll', () => {
    expect(sheetHeight(20_000_000, height, true)).toBe(tallest)
  })

  it('jumps to any row with the asked number of rows above it', () => {
    const place = fc.tuple(
      fc.integer({ min: 1, max: 3_000_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.boolean(),
    )
    fc.assert(
      fc.property(place, ([rows, share, wrapped]) => {
        const row = Math.floor(rows * share)
        const scrollTop = scrollTo(row, 8, rows, height, wrapped)
        const { first, last } = rowsSeen(scrollTop, rows, wrapped)
        expect(first).toBeLessThanOrEqual(row)
        expect(last).toBeGreaterThanOrEqual(row)
        if (wrapped && row >= 8) expect(Math.abs(first - (row - 8))).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('moves pixel by pixel where nothing is scaled', () => {
    expect(windowAt(1_007, 10_000, height, false).top % rowHeight).toBe(0)
    expect(windowAt(0, 3, height, false)).toEqual({ first: 0, count: 3, top: 0 })
  })
})

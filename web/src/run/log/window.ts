/** Pixels. Chrome clamps an element at 16,777,200 px and others near it, so a longer log scrolls scaled. */
export const rowHeight = 20
export const tallest = 12_000_000

export interface Window {
  /** The first row to put into the page, and how many. */
  readonly first: number
  readonly count: number
  /** Where the first row begins, from the top of the scrolled sheet. */
  readonly top: number
}

/** How tall the sheet is that the scroll bar moves over. */
export function sheetHeight(rows: number, height: number, wrapped: boolean): number {
  // Wrapped rows are taller than counted; the tail lets the last of them come up to the top.
  const tail = wrapped ? Math.max(0, height - rowHeight) : 0
  return Math.min(rows * rowHeight + tail, tallest)
}

const spare = 8

/** The rows to show at a scroll position: a few more than fit, never all. */
export function windowAt(scrollTop: number, rows: number, height: number, wrapped: boolean): Window {
  const sheet = sheetHeight(rows, height, wrapped)
  const whole = rows * rowHeight + (wrapped ? Math.max(0, height - rowHeight) : 0)
  const travel = Math.max(1, sheet - height)
  const ratio = Math.min(1, Math.max(0, scrollTop / travel))
  const seen = ratio * Math.max(0, whole - height)
  const fits = Math.ceil(height / rowHeight)
  if (wrapped) {
    const first = Math.min(Math.max(0, rows - 1), Math.round(seen / rowHeight))
    return { first, count: Math.max(0, Math.min(fits + 1, rows - first)), top: scrollTop }
  }
  const first = Math.max(0, Math.floor(seen / rowHeight) - spare)
  const count = Math.max(0, Math.min(fits + 1 + 2 * spare, rows - first))
  return { first, count, top: scrollTop + first * rowHeight - seen }
}

/** The scroll position that puts a row below the given number of other rows. */
export function scrollTo(row: number, above: number, rows: number, height: number, wrapped: boolean): number {
  const sheet = sheetHeight(rows, height, wrapped)
  const whole = rows * rowHeight + (wrapped ? Math.max(0, height - rowHeight) : 0)
  const wanted = Math.min(Math.max(0, (row - above) * rowHeight), Math.max(0, whole - height))
  return whole <= height ? 0 : (wanted / (whole - height)) * Math.max(0, sheet - height)
}

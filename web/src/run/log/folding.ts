/** Lines folded away: `first` and `last` are hidden, as is all between them. The group's own heading stays. */
export interface Fold {
  readonly first: number
  readonly last: number
}

/** Folds kept apart and in order, so that rows and lines can be counted from one another. */
export type Folds = readonly Fold[]

export function fold(folds: Folds, added: Fold): Folds {
  if (added.last < added.first) return folds
  const apart = folds.filter(({ first, last }) => last < added.first || first > added.last)
  return [...apart, added].sort((a, b) => a.first - b.first)
}

/** Opens the fold that begins at this line. */
export function unfold(folds: Folds, first: number): Folds {
  return folds.filter((each) => each.first !== first)
}

/** Opens whatever hides this line. */
export function reveal(folds: Folds, line: number): Folds {
  return folds.filter(({ first, last }) => line < first || line > last)
}

export function rowsOf(folds: Folds, lines: number): number {
  return folds.reduce((rows, { first, last }) => rows - Math.max(0, Math.min(last, lines) - first + 1), lines)
}

/** The line that the nth row shows; rows count from 0, lines from 1. */
export function lineOf(folds: Folds, row: number): number {
  let line = row + 1
  for (const { first, last } of folds) {
    if (line < first) break
    line += last - first + 1
  }
  return line
}

/** The row that shows a line; a folded line is where its heading is. */
export function rowOf(folds: Folds, line: number): number {
  let row = line - 1
  for (const { first, last } of folds) {
    if (line < first) break
    row -= Math.min(line, last) - first + 1
  }
  return row
}

import type { LogLines } from './log-lines.ts'
import type { PlainLines } from './plain-lines.ts'
import { newRanges, type Range } from './ranges.ts'
import type { Said } from './regions.ts'

/** Is this row one that the passing log has none like? */
export type Unseen = (row: number) => boolean

export function unseenIn({ templates, looks }: LogLines, passed: PlainLines): Unseen {
  const known = new Set(passed.templates)
  return (row) => looks[row]?.blank !== true && !known.has(templates[row] ?? 0)
}

const mostlyOld = 1 / 3

/**
 * What stands in the log that passed, too, broke nothing: a range without new lines is left out, and of one that is mostly
 * old its new lines are left. Where no range has any: the new lines of the whole log, if there are.
 */
export function aboutUnseen(
  ranges: readonly Range[],
  unseen: Unseen,
  said: Said,
  numbers: Int32Array,
): readonly Range[] {
  const about = ranges.flatMap((range) => {
    const { from, to, score } = range
    let fresh = 0
    for (let row = from; row <= to; row += 1) if (unseen(row)) fresh += 1
    if (fresh === 0) return []
    if (fresh / (to - from + 1) >= mostlyOld) return [range]
    return newRanges(said, numbers, (row) => from <= row && row <= to && unseen(row)).map((part) => ({
      ...part,
      score,
    }))
  })
  if (about.length > 0) return about
  const anywhere = newRanges(said, numbers, unseen)
  return anywhere.length > 0 ? anywhere : ranges
}

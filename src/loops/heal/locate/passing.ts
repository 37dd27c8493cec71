import type { Column, Space } from './columns.ts'
import type { LogLines } from './log-lines.ts'
import type { PlainLines } from './plain-lines.ts'

export const passingColumns = [
  'unseen',
  'unseen-run',
  'unseen-in-run',
  'unseen-near',
  'unseen-before',
  'unseen-after',
  'unseen-share',
] as const

const reach = 6

/** What stands in the log that failed and not in one of the same job that passed: the columns named above. */
export function passingFeatures({ templates, looks }: LogLines, passed: PlainLines, space: Space): readonly Column[] {
  const rows = templates.length
  const columns = passingColumns.map(() => space.column())
  const [unseen, run, inRun, near, before, after, share] = columns.map(({ values }) => values)
  if (!unseen || !run || !inRun || !near || !before || !after || !share) return columns
  const known = new Set(passed.templates)
  const counted = new Int32Array(rows + 1)
  for (let row = 0; row < rows; row += 1) {
    unseen[row] = looks[row]?.blank === true ? 0.5 : known.has(templates[row] ?? 0) ? 0 : 1
    counted[row + 1] = (counted[row] ?? 0) + (unseen[row] === 1 ? 1 : 0)
  }
  const all = (counted[rows] ?? 0) / Math.max(1, rows)
  for (let start = 0; start < rows; ) {
    let end = start
    while (end + 1 < rows && (unseen[end + 1] ?? 0) > 0) end += 1
    for (let row = start; row <= end; row += 1) {
      run[row] = (unseen[row] ?? 0) > 0 ? Math.log2(1 + end - start + 1) : 0
      inRun[row] = row - start
    }
    start = end + 1
  }
  for (let row = 0; row < rows; row += 1) {
    const from = Math.max(0, row - reach)
    const to = Math.min(rows, row + reach + 1)
    near[row] = ((counted[to] ?? 0) - (counted[from] ?? 0)) / (to - from)
    before[row] = row === 0 ? 0 : (unseen[row - 1] ?? 0)
    after[row] = row === rows - 1 ? 0 : (unseen[row + 1] ?? 0)
    share[row] = all
  }
  return columns
}

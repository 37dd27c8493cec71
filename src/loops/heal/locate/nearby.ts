/** The greatest value among so many lines before and after each. */
export function within(
  values: Float32Array,
  size: number,
): { readonly before: Float32Array; readonly after: Float32Array } {
  const rows = values.length
  const before = new Float32Array(rows).fill(-9)
  const after = new Float32Array(rows).fill(-9)
  slide(
    rows,
    size,
    (at) => values[at] ?? 0,
    (at, best) => {
      before[at] = best
    },
  )
  slide(
    rows,
    size,
    (at) => values[rows - 1 - at] ?? 0,
    (at, best) => {
      after[rows - 1 - at] = best
    },
  )
  return { before, after }
}

/** Tells of each place the greatest of the `size` values before it. */
function slide(
  rows: number,
  size: number,
  value: (at: number) => number,
  tell: (at: number, best: number) => void,
): void {
  const queue = new Int32Array(rows)
  let head = 0
  let tail = 0
  for (let at = 0; at < rows; at += 1) {
    while (head < tail && (queue[head] ?? 0) < at - size) head += 1
    if (head < tail) tell(at, value(queue[head] ?? 0))
    while (head < tail && value(queue[tail - 1] ?? 0) <= value(at)) tail -= 1
    queue[tail++] = at
  }
}

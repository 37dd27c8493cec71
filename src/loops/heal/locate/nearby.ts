import type { Column, Space } from './columns.ts'

/** The greatest value among so many lines before each, and among so many after it. */
export function within(values: Float32Array, size: number, space: Space): readonly [before: Column, after: Column] {
  const before = space.column()
  const after = space.column()
  greatestBefore(values, size, before.values)
  greatestBefore(values.toReversed(), size, after.values)
  after.values.reverse()
  return [before, after]
}

const none = -9

/** Keeps the places that may be the greatest of a window yet, the greatest first. */
function greatestBefore(values: Float32Array, size: number, out: Float32Array): void {
  const queue = new Int32Array(values.length)
  let head = 0
  let tail = 0
  for (let at = 0; at < values.length; at += 1) {
    if (head < tail && (queue[head] as number) < at - size) head += 1
    out[at] = head < tail ? (values[queue[head] as number] as number) : none
    const value = values[at] as number
    while (head < tail && (values[queue[tail - 1] as number] as number) <= value) tail -= 1
    queue[tail++] = at
  }
}

/**
 * Small numbers, each once, in the order they came. Used again for every line, after a `clear`, so that nothing is made
 * for it.
 */
export interface Distinct {
  clear(): void
  add(value: number): void
  list(): Int32Array
}

/** Of numbers below `below`, at most `most` of them. */
export function createDistinct(below: number, most: number): Distinct {
  const list = new Int32Array(most)
  /** In which round each number was added last. */
  const added = new Uint32Array(below)
  // Zero is what stands at a number that was never added.
  let round = 1
  let count = 0
  return {
    clear() {
      round += 1
      count = 0
    },
    add(value) {
      if (added[value] === round) return
      added[value] = round
      list[count++] = value
    },
    list: () => list.slice(0, count),
  }
}

/**
 * How much of their words a line and the one of many others share that shares most: 1 when they have the same ones. Only
 * the others that share a word are looked at.
 */
export function createLikeness(others: readonly ReadonlySet<number>[]): (words: Int32Array) => number {
  const having = new Map<number, number[]>()
  for (const [other, words] of others.entries())
    for (const word of words) {
      const list = having.get(word)
      if (list === undefined) having.set(word, [other])
      else list.push(other)
    }
  const shared = new Int32Array(others.length)
  return (words) => {
    shared.fill(0)
    for (const word of words)
      for (const other of having.get(word) ?? none) shared[other] = (shared[other] as number) + 1
    let best = 0
    for (const [other, { size }] of others.entries()) {
      const count = shared[other] as number
      if (count > 0) best = Math.max(best, count / (words.length + size - count))
    }
    return best
  }
}

const none: readonly number[] = []

/**
 * The likeness of a line's words to those of the one of many others that is most like it: the share of all their words
 * that both have (the Jaccard index), 1 when they have the same ones. An index by word finds the others that share any.
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

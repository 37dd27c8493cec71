/** Lets only so many bodies run at once; the others wait for their turn, first come, first served. */
export interface Turns {
  take<T>(body: () => Promise<T>): Promise<T>
  /** Nobody gets a turn any more; whoever has one ends it. */
  close(): void
}

export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = []
  let free = atOnce
  let closed = false

  function turn(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push(resolve)
    giveOut()
    return promise
  }

  function giveOut(): void {
    while (!closed && free > 0 && waiting.length > 0) {
      free -= 1
      waiting.shift()?.()
    }
  }

  return {
    async take(body) {
      await turn()
      try {
        return await body()
      } finally {
        free += 1
        giveOut()
      }
    },
    close() {
      closed = true
    },
  }
}

export interface Timer {
  start(): void
  /** Waits for the round in hand. */
  stop(): Promise<void>
}

/** Does `body` again and again, `ms` after the last time ended, never twice at once; what it throws goes to `onError`. */
export function every(ms: number, body: () => Promise<unknown>, onError: (error: unknown) => void): Timer {
  let timer: NodeJS.Timeout | undefined
  let round: Promise<unknown> = Promise.resolve()
  let stopped = false

  function next(): void {
    if (stopped) return
    round = body().catch(onError)
    void round.then(() => {
      if (!stopped) timer = setTimeout(next, ms)
    })
  }

  return {
    start: next,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await round
    },
  }
}

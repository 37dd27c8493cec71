import { setTimeout as sleep } from 'node:timers/promises'
import { Unavailable } from './errors.ts'

/** Waits, and ends early with the signal's reason when it is aborted. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>

export const realPause: Pause = async (ms, signal) => {
  await sleep(ms, undefined, signal === undefined ? {} : { signal })
}

export interface RetryBudget {
  /** Tries in all, the first included. */
  readonly tries: number
  /** No pause may end later than this after the start. */
  readonly budgetMs: number
  /** Pause after the first try; doubled each time up to `maxPauseMs`. */
  readonly firstPauseMs: number
  readonly maxPauseMs: number
}

export interface RetryDeps {
  readonly monotonicMs: () => number
  /** In [0, 1). */
  readonly random: () => number
  readonly pause: Pause
  readonly signal?: AbortSignal | undefined
}

/**
 * Try again while `body` throws `Unavailable`, within a budget of tries and time; anything else is thrown at once. When
 * the budget cannot cover what the other side asks to wait, its own error is thrown: the caller may have more patience.
 */
export async function retry<T>(
  body: (attempt: number) => Promise<T>,
  budget: RetryBudget,
  deps: RetryDeps,
): Promise<T> {
  const startMs = deps.monotonicMs()
  for (let attempt = 1; ; attempt++) {
    deps.signal?.throwIfAborted()
    try {
      return await body(attempt)
    } catch (error) {
      if (!(error instanceof Unavailable) || attempt >= budget.tries) throw error
      const pauseMs = pauseAfter(attempt, budget, deps.random(), error.retryAfterMs)
      if (deps.monotonicMs() - startMs + pauseMs > budget.budgetMs) throw error
      await deps.pause(pauseMs, deps.signal)
    }
  }
}

/** Full jitter over the upper half, so that many who failed together do not come back together. */
export function pauseAfter(attempt: number, budget: RetryBudget, random: number, askedMs = 0): number {
  const ceilingMs = Math.min(budget.maxPauseMs, budget.firstPauseMs * 2 ** (attempt - 1))
  return Math.max(askedMs, Math.round(ceilingMs * (0.5 + random / 2)))
}

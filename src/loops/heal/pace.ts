import type { Clock } from '../../base/clock.ts'

/** How often something that costs may be done: `burst` times at once, then once in every `everyMs`. */
export interface Pace {
  /** Uses one turn up, if there is one. */
  take(): boolean
}

export function createPace(
  clock: Pick<Clock, 'monotonicMs'>,
  { burst, everyMs }: { readonly burst: number; readonly everyMs: number },
): Pace {
  let turns = burst
  let countedAt = clock.monotonicMs()
  return {
    take() {
      const now = clock.monotonicMs()
      turns = Math.min(burst, turns + (now - countedAt) / everyMs)
      countedAt = now
      if (turns < 1) return false
      turns -= 1
      return true
    },
  }
}

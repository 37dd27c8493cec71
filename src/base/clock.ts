/** Time as a dependency: UTC for facts, monotonic milliseconds for durations. */
export interface Clock {
  now(): Date
  /** Milliseconds since an arbitrary start; never goes back. */
  monotonicMs(): number
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
}

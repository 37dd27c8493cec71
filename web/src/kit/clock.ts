import { useSyncExternalStore } from 'react'

const everyMs = 5000
let now = Date.now()
let ticking: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function tick() {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) ticking = setInterval(tick, everyMs)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(ticking)
  }
}

/** The time, moving on every five seconds, with one timer for the whole page. */
export function useClock(): number {
  return useSyncExternalStore(subscribe, () => now)
}

import type { Key } from './affected.ts'

/**
 * Gathers what changed and refreshes it at most every `everyMs`, and never while the last refresh is still under way:
 * a flood of events can neither flood the screen nor starve it. `null` means everything.
 */
export function coalesce(refresh: (keys: readonly Key[] | null) => Promise<unknown>, everyMs: number) {
  let waiting = new Map<string, Key>()
  let everything = false
  let busy = false

  async function flush() {
    busy = true
    while (everything || waiting.size > 0) {
      const keys = everything ? null : [...waiting.values()]
      waiting = new Map()
      everything = false
      await Promise.all([refresh(keys).catch(() => undefined), new Promise((done) => setTimeout(done, everyMs))])
    }
    busy = false
  }

  return (keys: readonly Key[] | null) => {
    if (keys === null) everything = true
    else for (const key of keys) waiting.set(JSON.stringify(key), key)
    if (!busy) void flush()
  }
}

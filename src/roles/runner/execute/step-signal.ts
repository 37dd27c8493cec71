import { sayDuration } from '../../../base/quantity.ts'
import { type Stop, stopOf } from './job-state.ts'

/** After a cancel a step that wanted to go on, such as a cleanup with `always()`, has this long; as on GitHub. */
const lastGraceMs = 5 * 60_000

/**
 * The signal that ends one step: its own time limit; a cancel, unless its condition still holds when it is looked at
 * again; and the end of the grace after a cancel.
 */
export function armStep(step: {
  readonly enclosing: AbortSignal
  readonly name: string
  readonly timeoutMs: number | undefined
  readonly stillWanted: () => boolean
}): { readonly signal: AbortSignal; disarm(): void } {
  const { enclosing, timeoutMs } = step
  const controller = new AbortController()
  const timers: NodeJS.Timeout[] = []
  const after = (ms: number, stop: () => void) => timers.push(setTimeout(stop, Math.min(ms, 2 ** 31 - 1)))
  const onAbort = () => {
    const stop = stopOf(enclosing)
    // The time limit of a step around this one asks for no condition.
    if (stop?.kind === 'step-timeout' || !holds(step.stillWanted)) controller.abort(stop)
    else after(lastGraceMs, () => controller.abort(stop))
  }
  if (enclosing.aborted) onAbort()
  else enclosing.addEventListener('abort', onAbort)
  if (timeoutMs !== undefined) {
    const sentence = `The action '${step.name}' has timed out after ${sayDuration(timeoutMs)}.`
    after(timeoutMs, () => controller.abort({ kind: 'step-timeout', sentence } satisfies Stop))
  }
  return {
    signal: controller.signal,
    disarm() {
      for (const timer of timers) clearTimeout(timer)
      enclosing.removeEventListener('abort', onAbort)
    },
  }
}

/** A condition that cannot be evaluated keeps nothing running. */
function holds(stillWanted: () => boolean): boolean {
  try {
    return stillWanted()
  } catch {
    return false
  }
}

import type { LiveMessage } from '../../../src/contract/live.ts'

/**
 * What a tab knows about its live socket, as a pure machine. `connecting`: opened or about to, nothing promised.
 * `live`: `ready` was heard and something came in the last 30 s. `stale`: the socket is lost or silent; what is on
 * screen is only as new as `currentAt`. Time is an input, in milliseconds.
 */
export interface Live {
  readonly phase: 'connecting' | 'live' | 'stale'
  /** Place in the log up to which everything was heard; where the next socket resumes. */
  readonly position: number | null
  /** The number the socket's next message must bear. */
  readonly nextSeq: number
  /** This socket has spoken. Whatever its first word is, all is read once: who knows what the silence before it hid. */
  readonly greeted: boolean
  readonly heardAt: number
  /** When the data on screen was last known to be current. */
  readonly currentAt: number
}

export type LiveInput =
  | { readonly kind: 'message'; readonly message: LiveMessage; readonly now: number }
  | { readonly kind: 'tick'; readonly now: number }
  | { readonly kind: 'opened'; readonly now: number }
  | { readonly kind: 'closed' }
  /** Everything was read again without the socket. */
  | { readonly kind: 'polled'; readonly now: number }

/** What the tab has to do about it. `refetch` means all that is shown, `changed` what the event touches. */
export type LiveEffect =
  | { readonly do: 'refetch' }
  | { readonly do: 'changed'; readonly type: string; readonly subject: string }
  | { readonly do: 'reconnect' }

export interface LiveStep {
  readonly live: Live
  readonly effects: readonly LiveEffect[]
}

/** Two heartbeats of 15 s missed, and a little for the way. */
export const staleAfterMs = 31_000

export function beginning(now: number): Live {
  return { phase: 'connecting', position: null, nextSeq: 1, greeted: false, heardAt: now, currentAt: now }
}

export function step(live: Live, input: LiveInput): LiveStep {
  switch (input.kind) {
    case 'opened':
      return quiet({ ...live, nextSeq: 1, greeted: false, heardAt: input.now })
    case 'closed':
      return quiet({ ...live, phase: 'stale' })
    case 'polled':
      return quiet({ ...live, currentAt: input.now })
    case 'tick':
      return input.now - live.heardAt > staleAfterMs
        ? { live: { ...live, phase: 'stale', heardAt: input.now }, effects: [{ do: 'reconnect' }] }
        : quiet(live)
    case 'message':
      return hear(live, input.message, input.now)
    default:
      return input satisfies never
  }
}

function hear(live: Live, message: LiveMessage, now: number): LiveStep {
  const heard: Live = { ...live, phase: 'live', greeted: true, heardAt: now, currentAt: now }
  const next = told(heard, message)
  return live.greeted ? next : { live: next.live, effects: [{ do: 'refetch' }] }
}

function told(live: Live, message: LiveMessage): LiveStep {
  switch (message.kind) {
    case 'ready':
      return quiet({ ...live, position: later(live.position, message.position) })
    case 'gap':
      return { live: { ...live, position: message.position }, effects: [{ do: 'refetch' }] }
    case 'heartbeat':
      return counted(live, message.seq, [])
    case 'event':
      return counted({ ...live, position: later(live.position, message.position) }, message.seq, [
        { do: 'changed', type: message.type, subject: message.subject },
      ])
    default:
      return message satisfies never
  }
}

/**
 * A number already passed is a duplicate or a latecomer whose absence was answered by a refetch; a number ahead means
 * that something was lost on the way.
 */
function counted(live: Live, seq: number, effects: readonly LiveEffect[]): LiveStep {
  if (seq < live.nextSeq) return quiet(live)
  const lost = seq > live.nextSeq
  return { live: { ...live, nextSeq: seq + 1 }, effects: lost ? [{ do: 'refetch' }] : effects }
}

function later(one: number | null, other: number): number {
  return one === null ? other : Math.max(one, other)
}

function quiet(live: Live): LiveStep {
  return { live, effects: [] }
}

/** How long to wait before the nth attempt to connect again: 0.5 s to 30 s, half of it by chance. */
export function backOffMs(attempt: number, chance: number): number {
  const full = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10))
  return full / 2 + (full / 2) * chance
}

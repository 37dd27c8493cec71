import type { LiveMessage, LiveRequest } from '../../../src/contract/live.ts'
import { backOffMs, beginning, type Live, type LiveEffect, type LiveInput, step } from './live-protocol.ts'

/** The tab's one live socket, kept alive; tells what changed and how fresh the screen is. */
export interface Feed {
  readonly current: () => Live
  readonly subscribe: (listener: () => void) => () => void
  readonly stop: () => void
}

export interface FeedDeps {
  readonly url: string
  readonly onRefetch: () => void
  readonly onChanged: (type: string, subject: string) => void
  /** Reads all that is shown without the socket; resolves true when the gateway answered. */
  readonly poll: () => Promise<boolean>
}

const tickMs = 1000
const pollEveryMs = 10_000

export function createFeed({ url, onRefetch, onChanged, poll }: FeedDeps): Feed {
  let live = beginning(Date.now())
  let socket: WebSocket | null = null
  let attempt = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let polledAt = Date.now()
  const listeners = new Set<() => void>()

  const effects = {
    refetch: () => onRefetch(),
    changed: (effect: LiveEffect) => effect.do === 'changed' && onChanged(effect.type, effect.subject),
    reconnect: () => reconnect(),
  }

  function take(input: LiveInput) {
    const before = live
    const next = step(live, input)
    live = next.live
    for (const effect of next.effects) effects[effect.do](effect)
    if (before.phase !== live.phase || before.currentAt !== live.currentAt) for (const listener of listeners) listener()
  }

  function connect() {
    const opening = new WebSocket(url)
    socket = opening
    opening.onopen = () => {
      if (socket !== opening) return
      take({ kind: 'opened', now: Date.now() })
      const request: LiveRequest = { kind: 'subscribe', after: live.position }
      opening.send(JSON.stringify(request))
    }
    opening.onmessage = ({ data }) => {
      if (socket !== opening) return
      attempt = 0
      const message = understand(data)
      if (message) take({ kind: 'message', message, now: Date.now() })
    }
    opening.onclose = () => {
      if (socket !== opening) return
      socket = null
      take({ kind: 'closed' })
      retry = setTimeout(connect, backOffMs(attempt++, Math.random()))
    }
  }

  function reconnect() {
    clearTimeout(retry)
    const old = socket
    socket = null
    old?.close()
    connect()
  }

  const returned = () => {
    if (document.visibilityState === 'visible' && live.phase !== 'live') reconnect()
  }

  async function tick() {
    take({ kind: 'tick', now: Date.now() })
    if (live.phase === 'live' || Date.now() - polledAt < pollEveryMs) return
    polledAt = Date.now()
    if (await poll()) take({ kind: 'polled', now: polledAt })
  }

  connect()
  const clock = setInterval(() => void tick(), tickMs)
  document.addEventListener('visibilitychange', returned)
  window.addEventListener('online', returned)
  return {
    current: () => live,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => {
      clearInterval(clock)
      clearTimeout(retry)
      document.removeEventListener('visibilitychange', returned)
      window.removeEventListener('online', returned)
      const old = socket
      socket = null
      old?.close()
    },
  }
}

function understand(data: unknown): LiveMessage | null {
  try {
    return JSON.parse(String(data)) as LiveMessage
  } catch {
    return null
  }
}

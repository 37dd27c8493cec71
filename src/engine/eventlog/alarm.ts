import pg from 'pg'
import type { Store } from '../database/database.ts'
import type { Logger } from '../telemetry/logger.ts'
import { channel } from './memory.ts'

/**
 * Rings when events were appended anywhere, by LISTEN on a connection of its own. It may ring too early, and not at all
 * while that connection is lost; whoever waits for it also looks by himself now and then.
 */
export interface Alarm {
  /** How often it rang: taken before one looks, so that a ring while looking is not missed. */
  rings(): number
  /** Resolves when it rings after `seen`, when the time is over, or when it is told to stop. */
  wait(seen: number, limitMs: number, stop: AbortSignal): Promise<void>
  /** Each use ends with it; the connection is closed with the last. */
  release(): Promise<void>
}

interface Shared {
  readonly alarm: Alarm
  users: number
}

const alarms = new WeakMap<Store, Shared>()

/** One connection for all readers of a store. */
export function alarmOf(store: Store, logger: Logger): Alarm {
  const shared = alarms.get(store) ?? { alarm: createAlarm(store, logger), users: 0 }
  shared.users += 1
  alarms.set(store, shared)
  return {
    ...shared.alarm,
    release: async () => {
      shared.users -= 1
      if (shared.users > 0) return
      alarms.delete(store)
      await shared.alarm.release()
    },
  }
}

const reconnectMs = 250

function createAlarm(store: Store, logger: Logger): Alarm {
  let rung = 0
  let released = false
  let client: pg.Client | undefined
  let reconnect: NodeJS.Timeout | undefined
  const waiting = new Set<() => void>()

  const ring = (): void => {
    rung += 1
    for (const wake of [...waiting]) wake()
  }
  const listenLater = (): void => {
    if (released || reconnect !== undefined) return
    reconnect = setTimeout(() => {
      reconnect = undefined
      void listen()
    }, reconnectMs)
  }
  const listen = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: store.url, keepAlive: true, connectionTimeoutMillis: 10_000 })
    client = fresh
    fresh.on('notification', ring)
    fresh.on('error', (error) => logger.debug({ err: error }, 'the connection that listens for events was lost'))
    fresh.on('end', listenLater)
    try {
      await fresh.connect()
      await fresh.query(`listen ${channel}`)
      // Whatever happened while nobody listened.
      ring()
    } catch (error) {
      logger.debug({ err: error }, 'cannot listen for events yet')
      await fresh.end().catch(() => undefined)
      listenLater()
    }
  }
  const listening = listen()

  return {
    rings: () => rung,
    wait: (seen, limitMs, stop) =>
      new Promise((resolve) => {
        if (rung !== seen || stop.aborted) return resolve()
        const wake = (): void => {
          clearTimeout(timer)
          waiting.delete(wake)
          stop.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, limitMs)
        waiting.add(wake)
        stop.addEventListener('abort', wake)
      }),
    release: async () => {
      released = true
      clearTimeout(reconnect)
      await listening
      await client?.end().catch(() => undefined)
    },
  }
}

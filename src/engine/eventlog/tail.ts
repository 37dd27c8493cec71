import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../database/database.ts'
import type { Logger } from '../telemetry/logger.ts'
import { alarmOf } from './alarm.ts'
import { follow, type Look } from './follow.ts'
import { type Cursor, cursorOf, type EventHead, type HeadRow, isAfter, scanHeads, settledEnd, start } from './memory.ts'

/** What a subscriber hears: first `ready` or `gap`, then every event once, in the log's order. */
export type TailMessage =
  /** Every event after this position follows, missed ones first; 0 is the log's beginning. */
  | { readonly kind: 'ready'; readonly position: number }
  | { readonly kind: 'event'; readonly event: EventHead }
  /** What was missed cannot be told any more: read everything again; every event after this position follows. */
  | { readonly kind: 'gap'; readonly position: number }

/** The log's live end, for screens: kept in memory, without a place of its own in the log. */
export interface Tail {
  /** Position of the last event that was told: to be passed as `after` when one comes back. */
  latest(): number
  /**
   * Follows the log after a position, or with null from now on (and what was committed a moment ago, if older
   * transactions held it back). Ends by the function it returns.
   */
  subscribe(from: { readonly after: number | null }, listener: (message: TailMessage) => void): () => void
  stop(): Promise<void>
}

/** Who missed more than this is told `gap`. */
const missedAtMost = 1_000
const batchSize = 500

/** Subscribers hear the events of each batch at once; one that joins late keeps them until it was told what it missed. */
type Subscriber = (row: HeadRow) => void

export function createTail(store: Store, options: { readonly logger: Logger }): Tail {
  const { logger } = options
  const alarm = alarmOf(store, logger)
  const stopping = new AbortController()
  const subscribers = new Set<Subscriber>()
  const opened = Promise.withResolvers<void>()
  /** Every subscriber was given everything up to here. */
  let end: Cursor | undefined

  const look = async (): Promise<Look> => {
    if (end === undefined) {
      end = await settledEnd(store.db)
      opened.resolve()
    }
    // While nobody listens it is enough to know where the end is; who comes meanwhile begins at the end known before.
    const newest = subscribers.size === 0 ? await settledEnd(store.db) : undefined
    if (newest !== undefined && subscribers.size === 0) {
      if (!isAfter(newest, end)) return 'nothing'
      end = newest
      return 'found'
    }
    const rows = await scanHeads(store.db, end, batchSize)
    for (const row of rows) {
      end = row
      for (const take of [...subscribers]) take(row)
    }
    return rows.length > 0 ? 'found' : 'nothing'
  }
  const following = follow(look, { alarm, stop: stopping.signal, name: 'tail', logger })

  const join = async (after: number | null, tell: (message: TailMessage) => void, stop: AbortSignal): Promise<void> => {
    await opened.promise
    const arrived = end ?? start
    const kept: HeadRow[] = []
    let take: Subscriber = (row) => void kept.push(row)
    const subscriber: Subscriber = (row) => take(row)
    subscribers.add(subscriber)
    stop.addEventListener('abort', () => subscribers.delete(subscriber))

    const missed = await untilItWorks(() => findMissed(after, arrived), stop)
    if (missed === undefined || stop.aborted) return
    const isWhole = missed !== 'too-many' && kept.length <= missedAtMost
    const from = isWhole ? missed.from : (kept.at(-1) ?? arrived)
    tell({ kind: isWhole ? 'ready' : 'gap', position: from.position })
    let told = from
    take = (row) => {
      if (stop.aborted || !isAfter(row, told)) return
      told = row
      tell({ kind: 'event', event: row.head })
    }
    for (const row of isWhole ? [...missed.rows, ...kept] : []) take(row)
  }

  const findMissed = async (after: number | null, arrived: Cursor): Promise<Missed> => {
    if (after === null || after === arrived.position) return { from: arrived, rows: [] }
    const from = after === 0 ? start : await cursorOf(store.db, after)
    if (from === undefined) return 'too-many'
    if (!isAfter(arrived, from)) return { from, rows: [] }
    const rows = await scanHeads(store.db, from, missedAtMost + 1)
    return rows.length > missedAtMost ? 'too-many' : { from, rows }
  }

  return {
    latest: () => end?.position ?? 0,
    subscribe: ({ after }, listener) => {
      const leaving = new AbortController()
      const tell = (message: TailMessage): void => {
        try {
          listener(message)
        } catch (error) {
          leaving.abort()
          logger.error({ err: error }, 'a listener of live events failed; it hears no more')
        }
      }
      void join(after, tell, AbortSignal.any([leaving.signal, stopping.signal]))
      return () => leaving.abort()
    },
    stop: async () => {
      stopping.abort()
      opened.resolve()
      await following
      await alarm.release()
    },
  }
}

type Missed = 'too-many' | { readonly from: Cursor; readonly rows: readonly HeadRow[] }

async function untilItWorks<T>(ask: () => Promise<T>, stop: AbortSignal): Promise<T | undefined> {
  while (!stop.aborted) {
    try {
      return await ask()
    } catch {
      await pause(250)
    }
  }
  return undefined
}

import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { EventType, StoredEvent } from '../../model/events.ts'
import type { Database, Store } from '../database/database.ts'
import { isLostConnection } from '../database/sql-errors.ts'
import { isConflictOfTransactions, transaction } from '../database/transaction.ts'
import type { Logger } from '../telemetry/logger.ts'
import { alarmOf } from './alarm.ts'
import { follow, type Look } from './follow.ts'
import * as memory from './memory.ts'

export interface ReaderOptions {
  /** Its place in the log is kept under this name; two processes with the same name share the work. */
  readonly name: string
  /** Other events are passed over. */
  readonly types?: readonly EventType[] | undefined
  readonly batchSize?: number | undefined
  readonly logger: Logger
  /**
   * Takes events in the log's order. What it writes to `tx` and the reader's move are one transaction: an event takes
   * effect once, though it may be handed over again when a transaction was undone. It should be quick: all readers
   * wait for the transactions that run.
   */
  readonly handle: (tx: Database, events: readonly StoredEvent[]) => Promise<void>
}

export interface Reader {
  start(): void
  /** Ends after the batch in hand. */
  stop(): Promise<void>
  /** Resolves when every event that is committed now was handled, by whichever process. */
  caughtUp(): Promise<void>
}

/** An event that fails this often is set aside as dead, and the reader goes on. */
const triesAtMost = 5

/** Reads the log from its beginning, exactly once and in commit-safe order, from where it or another process stopped. */
export function createReader(store: Store, options: ReaderOptions): Reader {
  const { name, types, logger, handle, batchSize = 200 } = options
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  /** After a batch failed: how many events to take one by one, to find the one that fails. */
  let oneByOne = 0

  const run = async (): Promise<void> => {
    const alarm = alarmOf(store, logger)
    let known = false
    const look = async (): Promise<Look> => {
      if (!known) await memory.addReader(store.db, name)
      known = true
      if (!(await memory.hasNews(store.db, name))) return 'nothing'
      return transaction(store.db, takeBatch)
    }
    await follow(look, { alarm, stop: stopping.signal, name, logger })
    await alarm.release()
  }

  const takeBatch = async (tx: Database): Promise<Look> => {
    const place = await memory.takeReader(tx, name)
    if (place === undefined) return 'nothing'
    const again = await memory.nextAskedAgain(tx, name)
    if (again !== undefined) return takeDead(tx, memory.toEvent(again))
    const scanned = await memory.scan(tx, place, { types, limit: oneByOne > 0 ? 1 : batchSize })
    const last = scanned.at(-1)
    if (last === undefined) return 'nothing'
    const events = scanned.flatMap(({ event }) => (event === undefined ? [] : [memory.toEvent(event)]))
    const failure = await attempt(tx, events)
    if (failure === undefined) {
      oneByOne = Math.max(0, oneByOne - 1)
      await memory.moveReader(tx, name, last)
      return 'found'
    }
    if (scanned.length > 1) {
      oneByOne = scanned.length
      return 'found'
    }
    return fail(tx, place, last, failure)
  }

  /** Undoes what the handler wrote when it fails, and nothing else of the transaction. */
  const attempt = async (tx: Database, events: readonly StoredEvent[]): Promise<unknown> => {
    if (events.length === 0) return undefined
    await sql`savepoint handling`.execute(tx)
    try {
      await handle(tx, events)
      await sql`release savepoint handling`.execute(tx)
      return undefined
    } catch (error) {
      if (isLostConnection(error) || isConflictOfTransactions(error)) throw error
      await sql`rollback to savepoint handling`.execute(tx)
      return error ?? new Error('the handler failed without an error')
    }
  }

  const fail = async (
    tx: Database,
    place: memory.ReaderRow,
    { tx: eventTx, position }: memory.Cursor,
    error: unknown,
  ): Promise<Look> => {
    const failures = place.failing_position === position ? place.failures + 1 : 1
    if (failures < triesAtMost) {
      logger.warn({ err: error, reader: name, position, failures }, 'a reader failed on an event; trying again')
      await memory.countFailure(tx, name, position, failures)
      return { againInMs: 50 * 2 ** failures }
    }
    logger.error(
      { err: error, reader: name, position },
      'a reader cannot take an event; it is kept among the dead ones',
    )
    await memory.buryEvent(tx, { reader: name, position, error: describe(error), failures })
    await memory.moveReader(tx, name, { tx: eventTx, position })
    oneByOne = Math.max(0, oneByOne - 1)
    return 'found'
  }

  const takeDead = async (tx: Database, event: StoredEvent): Promise<Look> => {
    const { position } = event
    const failure = await attempt(tx, [event])
    if (failure === undefined) await memory.revive(tx, name, position)
    else await memory.buryEvent(tx, { reader: name, position, error: describe(failure), failures: 1 })
    return 'found'
  }

  return {
    start: () => {
      running ??= run()
    },
    stop: async () => {
      stopping.abort()
      await running
    },
    caughtUp: async () => {
      const end = await memory.committedEnd(store.db)
      if (end.position === 0) return
      while (!stopping.signal.aborted && !(await memory.hasPassed(store.db, name, end))) await pause(5)
    },
  }
}

function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.replaceAll('\0', '\ufffd').slice(0, 2_000)
}

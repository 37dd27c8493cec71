import { NotFound } from '../../base/errors.ts'
import type { StoredEvent } from '../../model/events.ts'
import type { Database } from '../database/database.ts'
import { askAgain, listDeadRows, toEvent } from './memory.ts'

/** An event that a reader could not take, however often it tried; the reader went on without it. */
export interface DeadEvent {
  readonly reader: string
  readonly event: StoredEvent
  readonly error: string
  readonly failures: number
  readonly diedAt: Date
}

/** Newest first. */
export async function listDead(db: Database, limit = 100): Promise<readonly DeadEvent[]> {
  const rows = await listDeadRows(db, limit)
  return rows.map((row) => ({
    reader: row.reader,
    event: toEvent(row),
    error: row.error,
    failures: row.failures,
    diedAt: row.died_at,
  }))
}

/** Gives a dead event to its reader once more, beside the events that come in. */
export async function sendAgain(db: Database, reader: string, position: number): Promise<void> {
  if (await askAgain(db, reader, position)) return
  throw new NotFound(`cannot send event ${position} to ${reader} again: it is not among its dead events`)
}

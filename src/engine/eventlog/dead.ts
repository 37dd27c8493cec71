import { NotFound } from '../../base/errors.ts'
import type { StoredEvent } from '../../model/events.ts'
import type { Database } from '../database/database.ts'
import * as memory from './memory.ts'

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
  const rows = await memory.listDeadRows(db, limit)
  return rows.map((row) => ({
    reader: row.reader,
    event: memory.toEvent(row),
    error: row.error,
    failures: row.failures,
    diedAt: row.died_at,
  }))
}

export function countDead(db: Database): Promise<number> {
  return memory.countDead(db)
}

/** Gives a dead event to its reader once more, beside the events that come in. */
export async function sendAgain(db: Database, reader: string, position: number): Promise<void> {
  if (await memory.askAgain(db, reader, position)) return
  throw new NotFound(`cannot send event ${position} to ${reader} again: it is not among its dead events`)
}

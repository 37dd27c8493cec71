import { newId } from '../../base/ids.ts'
import type { NewEvent, StoredEvent } from '../../model/events.ts'
import type { Database } from '../database/database.ts'
import { type InsertedRow, insertEvents } from './memory.ts'
import { storableJson } from './storable-json.ts'

/**
 * Appends events in the caller's transaction, in one statement and in the order given; they become facts when it
 * commits. An event whose `dedupeKey` is in the log already is dropped silently. Returns what was stored.
 */
export async function append(db: Database, events: readonly NewEvent[]): Promise<readonly StoredEvent[]> {
  if (events.length === 0) return []
  const nowMs = Date.now()
  const sent = events.map((event) => {
    const told = envelope(event, nowMs)
    return { id: told.id, json: storableJson(told) }
  })
  const inserted = await insertEvents(db, `[${sent.map(({ json }) => json).join()}]`)
  const rows = new Map(inserted.map((row) => [row.id, row]))
  return sent.flatMap(({ id, json }) => {
    const row = rows.get(id)
    return row === undefined ? [] : [storedEvent(json, row)]
  })
}

/** An event as the SQL function `append_events` takes it, with an id. What is sent is also what comes back. */
export function envelope(event: NewEvent, nowMs: number = Date.now()) {
  const id = newId(nowMs)
  const { type, subject, data, causation, correlation = id, dedupeKey } = event
  return { id, type, subject, data, time: boundTime(event.time, nowMs), causation, correlation, dedupeKey }
}

/** Its words are parsed only for those who read them: most callers do not, and the way in is hot. */
function storedEvent(json: string, row: InsertedRow): StoredEvent {
  let parsed: StoredEvent | undefined
  const sent = (): StoredEvent => {
    parsed ??= JSON.parse(json) as StoredEvent
    return parsed
  }
  return {
    id: row.id,
    position: row.position,
    time: row.time,
    recordedAt: row.recorded_at,
    get type() {
      return sent().type
    },
    get subject() {
      return sent().subject
    },
    get data() {
      return sent().data
    },
    get causation() {
      return sent().causation
    },
    get correlation() {
      return sent().correlation
    },
  }
}

/** Clocks elsewhere go wrong: nothing has happened in the future, or before computers. */
function boundTime(time: Date | undefined, nowMs: number): Date {
  const ms = time?.getTime() ?? nowMs
  return new Date(Number.isNaN(ms) ? nowMs : Math.min(Math.max(ms, 0), nowMs))
}

import { newId } from '../../base/ids.ts'
import { storableText } from '../../base/text.ts'
import type { EventType, NewEvent, StoredEvent } from '../../model/events.ts'
import type { Database } from '../database/database.ts'
import { type InsertedRow, insertEvents } from './memory.ts'
import { storableJson } from './storable-json.ts'

/** An event as it is sent to the log: with an id, its data as JSON, and nothing that PostgreSQL refuses. */
export interface Envelope {
  readonly id: string
  readonly type: EventType
  readonly subject: string
  readonly json: string
  readonly time: Date
  readonly causation: string | undefined
  readonly correlation: string
  readonly dedupeKey: string | undefined
}

/**
 * Appends events in the caller's transaction, in one statement and in the order given; they become facts when it
 * commits. An event whose `dedupeKey` is in the log already is dropped silently. Returns what was stored.
 */
export async function append(db: Database, events: readonly NewEvent[]): Promise<readonly StoredEvent[]> {
  if (events.length === 0) return []
  const nowMs = Date.now()
  const sent = events.map((event) => envelope(event, nowMs))
  const rows = new Map((await insertEvents(db, sent)).map((row) => [row.id, row]))
  return sent.flatMap((told) => {
    const row = rows.get(told.id)
    return row === undefined ? [] : [storedEvent(told, row)]
  })
}

export function envelope(event: NewEvent, nowMs: number = Date.now()): Envelope {
  const id = newId(nowMs)
  return {
    id,
    type: event.type,
    subject: storableText(event.subject),
    json: storableJson(event.data),
    time: boundTime(event.time, nowMs),
    causation: event.causation === undefined ? undefined : storableText(event.causation),
    correlation: event.correlation === undefined ? id : storableText(event.correlation),
    dedupeKey: event.dedupeKey === undefined ? undefined : storableText(event.dedupeKey),
  }
}

/** Its data is parsed only for those who read it: most callers do not. */
function storedEvent({ type, subject, json, causation, correlation }: Envelope, row: InsertedRow): StoredEvent {
  let parsed: StoredEvent['data'] | undefined
  return {
    id: row.id,
    position: row.position,
    type,
    subject,
    get data() {
      parsed ??= JSON.parse(json) as StoredEvent['data']
      return parsed
    },
    time: row.time,
    recordedAt: row.recorded_at,
    causation,
    correlation,
  }
}

/** Clocks elsewhere go wrong: nothing has happened in the future, or before computers. */
function boundTime(time: Date | undefined, nowMs: number): Date {
  const ms = time?.getTime() ?? nowMs
  return new Date(Number.isNaN(ms) ? nowMs : Math.min(Math.max(ms, 0), nowMs))
}

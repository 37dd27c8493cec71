import { newId } from '../../base/ids.ts'
import type { NewEvent, StoredEvent } from '../../model/events.ts'
import type { Database } from '../database/database.ts'
import { insertEvents } from './memory.ts'
import { storableJson } from './storable-json.ts'

/**
 * Appends events in the caller's transaction, in one statement and in the order given; they become facts when it
 * commits. An event whose `dedupeKey` is in the log already is dropped silently. Returns what was stored.
 */
export async function append(db: Database, events: readonly NewEvent[]): Promise<readonly StoredEvent[]> {
  if (events.length === 0) return []
  const nowMs = Date.now()
  const json = storableJson(events.map((event) => prepare(event, nowMs)))
  const inserted = new Map((await insertEvents(db, json)).map((row) => [row.id, row]))
  const stored: StoredEvent[] = []
  for (const sent of JSON.parse(json) as Prepared[]) {
    const row = inserted.get(sent.id)
    if (row === undefined) continue
    stored.push({
      id: sent.id,
      position: row.position,
      type: sent.type,
      subject: sent.subject,
      data: sent.data as StoredEvent['data'],
      time: row.time,
      recordedAt: row.recorded_at,
      causation: sent.causation,
      correlation: sent.correlation,
    })
  }
  return stored
}

interface Prepared {
  readonly id: string
  readonly type: StoredEvent['type']
  readonly subject: string
  readonly data: unknown
  readonly time: string
  readonly causation?: string | undefined
  readonly correlation: string
  readonly dedupeKey?: string | undefined
}

function prepare(event: NewEvent, nowMs: number): Prepared {
  const id = newId(nowMs)
  const { type, subject, data, causation, dedupeKey } = event
  const time = boundTime(event.time, nowMs).toISOString()
  return { id, type, subject, data, time, causation, correlation: event.correlation ?? id, dedupeKey }
}

/** Clocks elsewhere go wrong: nothing has happened in the future, or before computers. */
function boundTime(time: Date | undefined, nowMs: number): Date {
  const ms = time?.getTime() ?? nowMs
  return new Date(Number.isNaN(ms) ? nowMs : Math.min(Math.max(ms, 0), nowMs))
}

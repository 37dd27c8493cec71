import { sql } from 'kysely'
import type { Database } from '../database/database.ts'

/** The log's order: by the transaction that wrote, then by place. `tx` is a 64-bit number as text. */
export interface Cursor {
  readonly tx: string
  readonly position: number
}

export const channel = 'mendline_events'

export interface InsertedRow {
  readonly id: string
  readonly position: number
  readonly time: Date
  readonly recorded_at: Date
}

/**
 * A transaction that notifies is committed one at a time (PostgreSQL takes a lock for it), so under load only one in
 * flight does; for what commits a moment later, a woken reader looks again a few times.
 */
export async function insertEvents(db: Database, json: string): Promise<readonly InsertedRow[]> {
  const { rows } = await sql<InsertedRow>`
    with input as (
      select * from rows from (
        jsonb_to_recordset(${json}::jsonb) as (
          id uuid, type text, subject text, data jsonb, time timestamptz, causation text, correlation text, "dedupeKey" text
        )
      ) with ordinality as listed (id, type, subject, data, time, causation, correlation, dedupe_key, place)
    ), inserted as (
      insert into events (id, type, subject, data, time, causation, correlation, dedupe_key)
      select id, type, subject, data, least(time, clock_timestamp()), causation, correlation, dedupe_key
      from input order by place
      on conflict (dedupe_key) where dedupe_key is not null do nothing
      returning id, position, time, recorded_at
    ), told as materialized (
      select pg_notify(${channel}, '')
      where exists (select from inserted) and pg_try_advisory_xact_lock(hashtextextended(${channel}, 0))
    )
    select inserted.* from inserted left join (select count(*) from told) as told on true`.execute(db)
  return rows
}

import { sql } from 'kysely'
import type { Database } from '../database/database.ts'

/** The log's order: by the transaction that wrote, then by place. `tx` is a 64-bit number as text. */
export interface Cursor {
  readonly tx: string
  readonly position: number
}

/** What a commit that appended events notifies. */
export const channel = 'mendline_events'

export interface InsertedRow {
  readonly id: string
  readonly position: number
  readonly time: Date
  readonly recorded_at: Date
}

/** Inserts the events of a JSON array, in its order. */
export async function insertEvents(db: Database, json: string): Promise<readonly InsertedRow[]> {
  const { rows } = await sql<InsertedRow>`select * from append_events(${json}::jsonb)`.execute(db)
  return rows
}

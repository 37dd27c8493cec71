import { sql } from 'kysely'
import type { EventType, StoredEvent } from '../../model/events.ts'
import type { Database } from '../database/database.ts'
import { selectPage, toEvent } from './memory.ts'

export interface PageQuery {
  /** Only events with a lower position. */
  readonly before?: number | undefined
  readonly types?: readonly EventType[] | undefined
  readonly subject?: string | undefined
  readonly correlation?: string | undefined
  readonly limit: number
}

/** A page of the log for people, newest first. */
export async function page(db: Database, query: PageQuery): Promise<readonly StoredEvent[]> {
  const filters = [
    query.before === undefined ? undefined : sql`position < ${query.before}::bigint`,
    query.types === undefined ? undefined : sql`type = any(${[...query.types]})`,
    query.subject === undefined ? undefined : sql`subject = ${query.subject}`,
    query.correlation === undefined ? undefined : sql`correlation = ${query.correlation}`,
  ]
  const rows = await selectPage(
    db,
    filters.filter((filter) => filter !== undefined),
    query.limit,
  )
  return rows.map(toEvent)
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** One event by its id or its position. */
export async function find(db: Database, which: string | number): Promise<StoredEvent | undefined> {
  if (typeof which === 'string' && !uuid.test(which)) return undefined
  if (typeof which === 'number' && !Number.isSafeInteger(which)) return undefined
  const filter = typeof which === 'string' ? sql`id = ${which}::uuid` : sql`position = ${which}::bigint`
  const row = (await selectPage(db, [filter], 1))[0]
  return row && toEvent(row)
}

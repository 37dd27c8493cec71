import { type RawBuilder, sql } from 'kysely'
import type { EventType, StoredEvent } from '../../model/events.ts'
import type { Database } from '../database/database.ts'
import type { Envelope } from './append.ts'

/** The log's order: by the transaction that wrote, then by place. `tx` is a 64-bit number as text. */
export interface Cursor {
  readonly tx: string
  readonly position: number
}

export const start: Cursor = { tx: '0', position: 0 }

export function isAfter(a: Cursor, b: Cursor): boolean {
  return a.tx === b.tx ? a.position > b.position : BigInt(a.tx) > BigInt(b.tx)
}

/** What a commit that appended events notifies. */
export const channel = 'mendline_events'

export interface EventRow extends Cursor {
  readonly id: string
  readonly type: EventType
  readonly subject: string
  readonly data: unknown
  readonly time: Date
  readonly recorded_at: Date
  readonly causation: string | null
  readonly correlation: string
}

export function toEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    position: row.position,
    type: row.type,
    subject: row.subject,
    data: row.data as StoredEvent['data'],
    time: row.time,
    recordedAt: row.recorded_at,
    causation: row.causation ?? undefined,
    correlation: row.correlation,
  }
}

const eventColumns = sql`tx, position, id, type, subject, data, time, recorded_at, causation, correlation`

export type InsertedRow = Pick<EventRow, 'id' | 'position' | 'time' | 'recorded_at'>

export async function insertEvents(db: Database, events: readonly Envelope[]): Promise<readonly InsertedRow[]> {
  return (await sql<InsertedRow>`select * from append_events(${columnsOf(events)})`.execute(db)).rows
}

/** Events as the SQL functions take them: a list for each column, and the data as lines (JSON holds no line break). */
export function columnsOf(events: readonly Envelope[]): RawBuilder<unknown> {
  return sql.join([
    events.map((event) => event.id),
    events.map((event) => event.type),
    events.map((event) => event.subject),
    events.map((event) => event.json).join('\n'),
    events.map((event) => event.time.toISOString()),
    events.map((event) => event.causation),
    events.map((event) => event.correlation),
    events.map((event) => event.dedupeKey),
  ])
}

/** One event of the log; its content only if it is of a type asked for. */
export type ScannedRow = Cursor & { readonly event: EventRow | undefined }

/** The next events after the cursor that nothing can come before any more. */
export async function scan(
  db: Database,
  after: Cursor,
  options: { readonly types: readonly EventType[] | undefined; readonly limit: number },
): Promise<readonly ScannedRow[]> {
  const wanted = options.types === undefined ? sql`true` : sql`type = any(${[...options.types]})`
  const { rows } = await sql<EventRow & { wanted: boolean }>`
    select tx, position, wanted, id, type, subject, case when wanted then data end as data,
      time, recorded_at, causation, correlation
    from (
      select *, ${wanted} as wanted from events
      where (tx, position) > (${after.tx}::xid8, ${after.position}::bigint) and ${settled}
      order by tx, position limit ${options.limit}
    ) as next
    order by tx, position`.execute(db)
  return rows.map((row) => ({ tx: row.tx, position: row.position, event: row.wanted ? row : undefined }))
}

/** True for rows whose transaction is older than every transaction that still runs. */
const settled = sql`events.tx < pg_snapshot_xmin(pg_current_snapshot())`

/** An event without its content, for those who only pass on that something happened. */
export type EventHead = Omit<StoredEvent, 'data'>
export type HeadRow = Cursor & { readonly head: EventHead }

export async function scanHeads(db: Database, after: Cursor, limit: number): Promise<readonly HeadRow[]> {
  const { rows } = await sql<Omit<EventRow, 'data'>>`
    select tx, position, id, type, subject, time, recorded_at, causation, correlation from events
    where (tx, position) > (${after.tx}::xid8, ${after.position}::bigint) and ${settled}
    order by tx, position limit ${limit}`.execute(db)
  return rows.map((row) => {
    const { data: _, ...head } = toEvent({ ...row, data: null })
    return { tx: row.tx, position: row.position, head }
  })
}

/** The last event that nothing can come before any more. */
export async function settledEnd(db: Database): Promise<Cursor> {
  const { rows } = await sql<Cursor>`
    select tx, position from events where ${settled} order by tx desc, position desc limit 1`.execute(db)
  return rows[0] ?? start
}

/** The last event that is committed, readable already or not. */
export async function committedEnd(db: Database): Promise<Cursor> {
  const { rows } = await sql<Cursor>`select tx, position from events order by tx desc, position desc limit 1`.execute(
    db,
  )
  return rows[0] ?? start
}

/** Where in the log's order a position lies; undefined if there is no such event. */
export async function cursorOf(db: Database, position: number): Promise<Cursor | undefined> {
  const { rows } = await sql<Cursor>`select tx, position from events where position = ${position}`.execute(db)
  return rows[0]
}

export interface ReaderRow extends Cursor {
  readonly failing_position: number | null
  readonly failures: number
}

export async function addReader(db: Database, name: string): Promise<void> {
  await sql`insert into event_readers (name) values (${name}) on conflict do nothing`.execute(db)
}

/** Is there anything for the reader? Asked without a lock, so that a quiet log costs next to nothing. */
export async function hasNews(db: Database, reader: string): Promise<boolean> {
  const { rows } = await sql<{ news: boolean }>`
    select
      exists (select from events where (events.tx, events.position) > (place.tx, place.position) and ${settled})
      or exists (select from dead_events where dead_events.reader = place.name and send_again) as news
    from event_readers as place where name = ${reader}`.execute(db)
  return rows[0]?.news ?? false
}

/** The reader's place, held until the transaction ends; undefined while another process holds it. */
export async function takeReader(tx: Database, name: string): Promise<ReaderRow | undefined> {
  const { rows } = await sql<ReaderRow>`
    select tx, position, failing_position, failures from event_readers where name = ${name} for update skip locked`.execute(
    tx,
  )
  return rows[0]
}

export async function moveReader(tx: Database, name: string, to: Cursor): Promise<void> {
  await sql`
    update event_readers
    set tx = ${to.tx}::xid8, position = ${to.position}, failing_position = null, failures = 0, moved_at = now()
    where name = ${name}`.execute(tx)
}

export async function countFailure(tx: Database, name: string, position: number, failures: number): Promise<void> {
  await sql`
    update event_readers set failing_position = ${position}, failures = ${failures} where name = ${name}`.execute(tx)
}

/** Has the reader passed the place? */
export async function hasPassed(db: Database, name: string, place: Cursor): Promise<boolean> {
  const { rows } = await sql`
    select from event_readers
    where name = ${name} and (tx, position) >= (${place.tx}::xid8, ${place.position}::bigint)`.execute(db)
  return rows.length > 0
}

export interface ReaderLag {
  readonly reader: string
  /** At most so many events wait for it; positions have gaps. */
  readonly events: number
}

/** How far each reader is behind. */
export async function readerLags(db: Database): Promise<readonly ReaderLag[]> {
  const { rows } = await sql<ReaderLag>`
    select name as reader, greatest((select coalesce(max(position), 0) from events) - position, 0) as events
    from event_readers order by name`.execute(db)
  return rows
}

export interface DeadRow {
  readonly reader: string
  readonly error: string
  readonly failures: number
  readonly died_at: Date
}

export async function buryEvent(
  tx: Database,
  dead: { readonly reader: string; readonly position: number; readonly error: string; readonly failures: number },
): Promise<void> {
  await sql`
    insert into dead_events (reader, position, error, failures)
    values (${dead.reader}, ${dead.position}, ${dead.error}, ${dead.failures})
    on conflict (reader, position) do update
    set error = excluded.error, failures = dead_events.failures + excluded.failures, died_at = now(), send_again = false`.execute(
    tx,
  )
}

export async function listDeadRows(db: Database, limit: number): Promise<readonly (DeadRow & EventRow)[]> {
  const { rows } = await sql<DeadRow & EventRow>`
    select reader, error, failures, died_at, ${eventColumns}
    from dead_events join events using (position) order by died_at desc, position desc limit ${limit}`.execute(db)
  return rows
}

export async function countDead(db: Database): Promise<number> {
  const { rows } = await sql<{ dead: number }>`select count(*) as dead from dead_events`.execute(db)
  return rows[0]?.dead ?? 0
}

export async function askAgain(db: Database, reader: string, position: number): Promise<boolean> {
  const { rows } = await sql`
    update dead_events set send_again = true where reader = ${reader} and position = ${position} returning position`.execute(
    db,
  )
  await sql`select pg_notify(${channel}, '')`.execute(db)
  return rows.length > 0
}

export async function nextAskedAgain(tx: Database, reader: string): Promise<EventRow | undefined> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from dead_events join events using (position)
    where reader = ${reader} and send_again order by position limit 1`.execute(tx)
  return rows[0]
}

export async function revive(tx: Database, reader: string, position: number): Promise<void> {
  await sql`delete from dead_events where reader = ${reader} and position = ${position}`.execute(tx)
}

export async function selectPage(
  db: Database,
  filters: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<readonly EventRow[]> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from events where ${sql.join([sql`true`, ...filters], sql` and `)}
    order by position desc limit ${limit}`.execute(db)
  return rows
}

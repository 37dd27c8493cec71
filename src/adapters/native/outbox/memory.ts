import { type Generated, sql } from 'kysely'
import type { Database } from '../../../engine/database/database.ts'

/** A report that waits for the gateway. `stream` is what it tells of: one stream goes out in order. */
export interface Report {
  readonly seq: number
  readonly id: string
  readonly connection: string
  readonly stream: string
  readonly event: string
  readonly body: string
  readonly attempts: number
}

type Tables = {
  native_outbox: Omit<Report, 'seq' | 'attempts'> & {
    seq: Generated<number>
    attempts: Generated<number>
    next_at: Generated<Date>
  }
}

const on = (db: Database) => db.withTables<Tables>()

export async function addReport(db: Database, report: Omit<Report, 'seq' | 'attempts'>): Promise<void> {
  await on(db).insertInto('native_outbox').values(report).execute()
}

/**
 * The oldest report of each stream that is due, held until the transaction ends: another sender passes them by, and a
 * sender that dies lets go of them at once.
 */
export async function dueReports(tx: Database, connection: string, limit: number): Promise<readonly Report[]> {
  return on(tx)
    .selectFrom('native_outbox as report')
    .select(['seq', 'id', 'connection', 'stream', 'event', 'body', 'attempts'])
    .where('connection', '=', connection)
    .where('next_at', '<=', sql<Date>`now()`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('native_outbox as earlier')
            .select('earlier.seq')
            .whereRef('earlier.stream', '=', 'report.stream')
            .whereRef('earlier.seq', '<', 'report.seq'),
        ),
      ),
    )
    .orderBy('seq')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
}

export async function removeReport(tx: Database, seq: number): Promise<void> {
  await on(tx).deleteFrom('native_outbox').where('seq', '=', seq).execute()
}

export async function delayReport(tx: Database, seq: number, ms: number): Promise<void> {
  await on(tx)
    .updateTable('native_outbox')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), next_at: sql`now() + ${ms} * interval '1 millisecond'` }))
    .where('seq', '=', seq)
    .execute()
}

import { sql } from 'kysely'
import type { Database } from '../../engine/database/database.ts'
import { storableJson } from '../../engine/eventlog/storable-json.ts'

export interface IncidentRow {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly severity: 'low' | 'high'
  readonly state: 'open' | 'resolved'
  readonly run_id: string | null
  readonly healing_id: string | null
  readonly evidence: readonly string[]
  readonly occurrences: number
  readonly opened_at: Date
  readonly last_at: Date
  readonly resolved_at: Date | null
  readonly resolved_by: string | null
  readonly resolved_why: string | null
}

/** The table of the incidents. No other file touches it. */
const tables = (db: Database) => db.withTables<{ incidents: IncidentRow }>()

type NewRow = Pick<IncidentRow, 'id' | 'key' | 'title' | 'severity' | 'run_id' | 'healing_id' | 'evidence'> & {
  readonly at: Date
}

/** A new row, or one more occurrence of the open one with this key: one statement, so that two at once make one. */
export async function insertOrCount(db: Database, { at, evidence, ...row }: NewRow): Promise<IncidentRow> {
  return await tables(db)
    .insertInto('incidents')
    .values({
      ...row,
      evidence: sql`${storableJson(evidence)}::jsonb`,
      state: 'open',
      occurrences: 1,
      opened_at: at,
      last_at: at,
      resolved_at: null,
      resolved_by: null,
      resolved_why: null,
    })
    .onConflict((conflict) =>
      conflict.column('key').where('state', '=', 'open').doUpdateSet({
        occurrences: sql`incidents.occurrences + 1`,
        last_at: sql`greatest(incidents.last_at, excluded.last_at)`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function closeRow(
  db: Database,
  id: string,
  end: { readonly by: string; readonly why: string; readonly at: Date },
): Promise<IncidentRow | undefined> {
  return await tables(db)
    .updateTable('incidents')
    .set({ state: 'resolved', resolved_at: end.at, resolved_by: end.by, resolved_why: end.why })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst()
}

export async function findRow(db: Database, id: string): Promise<IncidentRow | undefined> {
  return await tables(db).selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function listRows(
  db: Database,
  filter: { readonly state?: 'open' | 'resolved' | undefined; readonly limit: number },
): Promise<readonly IncidentRow[]> {
  let query = tables(db)
    .selectFrom('incidents')
    .selectAll()
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  return await query.execute()
}

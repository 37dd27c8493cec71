import type { Database } from '../../engine/database/database.ts'
import type { Mode, RemedyKind } from '../../model/remedy.ts'

/** What people set for the whole installation: the stop switch, and modes per repository. No other file touches these tables. */
type Tables = {
  stop_switch: { single: boolean; stopped: boolean; by: string | null; why: string | null; since: Date | null }
  autonomy: { repository: string; remedy: RemedyKind; mode: Mode; by: string; at: Date }
}

const tables = (db: Database) => db.withTables<Tables>()

/** The switch's row; undefined if there is none. `lock` keeps it as it is until the transaction ends. */
export async function readStopRow(
  db: Database,
  lock: boolean,
): Promise<
  { readonly kind: 'released' } | { readonly kind: 'engaged'; by: string; why: string; since: Date } | undefined
> {
  const query = tables(db).selectFrom('stop_switch').selectAll()
  const row = await (lock ? query.forShare() : query).executeTakeFirst()
  if (row === undefined) return undefined
  if (!row.stopped || row.since === null) return { kind: 'released' }
  return { kind: 'engaged', by: row.by ?? 'unknown', why: row.why ?? '', since: row.since }
}

/** Engage (with an order) or release (without); true if that changed anything. */
export async function writeStopRow(
  db: Database,
  order: { readonly by: string; readonly why: string; readonly since: Date } | undefined,
): Promise<boolean> {
  const result = await tables(db)
    .updateTable('stop_switch')
    .set(
      order === undefined
        ? { stopped: false, by: null, why: null, since: null }
        : { stopped: true, by: order.by, why: order.why, since: order.since },
    )
    .where('stopped', '=', order === undefined)
    .executeTakeFirstOrThrow()
  return result.numUpdatedRows > 0n
}

export async function chosenModes(db: Database, repository: string): Promise<ReadonlyMap<RemedyKind, Mode>> {
  const rows = await tables(db)
    .selectFrom('autonomy')
    .select(['remedy', 'mode'])
    .where('repository', '=', repository)
    .execute()
  return new Map(rows.map((row) => [row.remedy, row.mode]))
}

export async function writeMode(
  db: Database,
  choice: { repository: string; remedy: RemedyKind; mode: Mode; by: string; at: Date },
): Promise<void> {
  const { repository, remedy, ...rest } = choice
  await tables(db)
    .insertInto('autonomy')
    .values({ repository, remedy, ...rest })
    .onConflict((conflict) => conflict.columns(['repository', 'remedy']).doUpdateSet(rest))
    .execute()
}

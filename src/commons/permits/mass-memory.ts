import type { Selectable, Updateable } from 'kysely'
import type { Database } from '../../engine/database/database.ts'
import type { SeenFailure } from './permits.ts'

/** The tables about many like failures at once. No other file touches them. */
type Tables = {
  recent_failures: { family: string; run_id: string; attempt: number; repository: string; at: Date }
  mass_failures: MassTable
}

interface MassTable {
  family: string
  opened_at: Date
  sentence: string
  probe: string | null
  probe_since: Date | null
  probes: number
  next_probe_at: Date
  closed_at: Date | null
}

export type MassRow = Selectable<MassTable>

const tables = (db: Database) => db.withTables<Tables>()

export async function insertFailure(db: Database, failure: SeenFailure): Promise<void> {
  await tables(db)
    .insertInto('recent_failures')
    .values({
      family: failure.family,
      run_id: failure.runId,
      attempt: failure.attempt,
      repository: failure.repository,
      at: failure.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function countLikeFailures(
  db: Database,
  family: string,
  since: Date,
): Promise<{ readonly repositories: number; readonly runs: number }> {
  const row = await tables(db)
    .selectFrom('recent_failures')
    .select((e) => [
      e.fn.count<number>('repository').distinct().as('repositories'),
      e.fn.count<number>('run_id').distinct().as('runs'),
    ])
    .where('family', '=', family)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return { repositories: Number(row.repositories), runs: Number(row.runs) }
}

export async function forgetFailures(db: Database, before: Date): Promise<void> {
  await tables(db).deleteFrom('recent_failures').where('at', '<', before).execute()
}

export async function findMass(db: Database, family: string): Promise<MassRow | undefined> {
  return await tables(db).selectFrom('mass_failures').selectAll().where('family', '=', family).executeTakeFirst()
}

export async function openMasses(db: Database): Promise<readonly MassRow[]> {
  return await tables(db)
    .selectFrom('mass_failures')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('family')
    .execute()
}

export async function openMass(
  db: Database,
  mass: { readonly family: string; readonly sentence: string; readonly at: Date },
): Promise<MassRow> {
  const fresh = {
    opened_at: mass.at,
    sentence: mass.sentence,
    probe: null,
    probe_since: null,
    probes: 0,
    next_probe_at: mass.at,
    closed_at: null,
  }
  return await tables(db)
    .insertInto('mass_failures')
    .values({ family: mass.family, ...fresh })
    .onConflict((conflict) => conflict.column('family').doUpdateSet(fresh))
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function updateMass(db: Database, family: string, change: Updateable<MassTable>): Promise<void> {
  await tables(db).updateTable('mass_failures').set(change).where('family', '=', family).execute()
}

import { type Selectable, sql, type Updateable } from 'kysely'
import type { Database } from '../../engine/database/database.ts'
import { storableJson } from '../../engine/eventlog/storable-json.ts'
import type { BoundState, Permit, PermitState, Reason } from '../../model/permit.ts'
import type { Mode, RemedyKind } from '../../model/remedy.ts'
import type { PermitFacts } from './decide.ts'

/** The tables of the permits. No other file touches them. */
type Tables = {
  permits: PermitsTable
  permit_budget: { repository: string; day: string; reruns: number; minutes: number }
}

interface PermitsTable {
  id: string
  flow_id: string
  remedy: RemedyKind
  mode: Mode
  state: PermitState
  reasons: readonly Reason[]
  bound: BoundState
  repository: string
  run_id: string
  family: string
  facts: PermitFacts
  minutes: number
  /** The day whose budget the grant spent; null when nothing is spent. */
  spent_on: string | null
  asked_at: Date
  decided_at: Date | null
  decided_by: string | null
  expires_at: Date | null
  used_at: Date | null
  receipt: unknown
  proven: boolean | null
  settled_at: Date | null
}

export type PermitRow = Selectable<PermitsTable>

const tables = (db: Database) => db.withTables<Tables>()
const json = (value: unknown) => sql<never>`${storableJson(value ?? null)}::jsonb`
// A date without a time must not travel through a time zone.
const dayText = sql<string | null>`spent_on::text`.as('spent_on')

export function present(row: PermitRow): Permit {
  return {
    id: row.id,
    flowId: row.flow_id,
    remedy: row.remedy,
    mode: row.mode,
    state: row.state,
    reasons: row.reasons,
    bound: row.bound,
    askedAt: row.asked_at,
    decidedAt: row.decided_at ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    receipt: row.receipt ?? undefined,
  }
}

export type NewPermit = Pick<
  PermitRow,
  | 'id'
  | 'flow_id'
  | 'remedy'
  | 'mode'
  | 'state'
  | 'reasons'
  | 'bound'
  | 'repository'
  | 'run_id'
  | 'family'
  | 'facts'
  | 'minutes'
  | 'spent_on'
  | 'asked_at'
  | 'decided_at'
  | 'decided_by'
  | 'expires_at'
>

export async function insertPermit(db: Database, permit: NewPermit): Promise<PermitRow> {
  await tables(db)
    .insertInto('permits')
    .values({
      ...permit,
      reasons: json(permit.reasons),
      bound: json(permit.bound),
      facts: json(permit.facts),
      used_at: null,
      receipt: null,
      proven: null,
      settled_at: null,
    })
    .execute()
  return await requirePermit(db, permit.id)
}

async function requirePermit(db: Database, id: string): Promise<PermitRow> {
  return await tables(db)
    .selectFrom('permits')
    .selectAll()
    .select(dayText)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

export async function findPermit(db: Database, id: string): Promise<PermitRow | undefined> {
  return await tables(db).selectFrom('permits').selectAll().select(dayText).where('id', '=', id).executeTakeFirst()
}

export async function findPermits(db: Database, ids: readonly string[]): Promise<readonly PermitRow[]> {
  if (ids.length === 0) return []
  return await tables(db)
    .selectFrom('permits')
    .selectAll()
    .select(dayText)
    .where('id', 'in', [...ids])
    .execute()
}

/** The permit, kept from changing until the transaction ends. */
export async function lockPermit(db: Database, id: string): Promise<PermitRow | undefined> {
  return await tables(db)
    .selectFrom('permits')
    .selectAll()
    .select(dayText)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function findByFlow(db: Database, flowId: string, remedy: RemedyKind): Promise<PermitRow | undefined> {
  return await tables(db)
    .selectFrom('permits')
    .selectAll()
    .select(dayText)
    .where('flow_id', '=', flowId)
    .where('remedy', '=', remedy)
    .executeTakeFirst()
}

export async function listPermits(
  db: Database,
  filter: { readonly state?: PermitState | undefined; readonly before?: string | undefined; readonly limit: number },
): Promise<readonly PermitRow[]> {
  let query = tables(db)
    .selectFrom('permits')
    .selectAll()
    .select(dayText)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.before !== undefined)
    query = query.where(
      sql<boolean>`(asked_at, id) < (select p.asked_at, p.id from permits p where p.id = ${filter.before})`,
    )
  return await query.execute()
}

export async function updatePermit(
  db: Database,
  id: string,
  change: Omit<Updateable<PermitsTable>, 'reasons' | 'receipt'> & {
    reasons?: readonly Reason[] | undefined
    receipt?: unknown
  },
): Promise<PermitRow> {
  const { reasons, receipt, ...plain } = change
  await tables(db)
    .updateTable('permits')
    .set({
      ...plain,
      ...(reasons === undefined ? {} : { reasons: json(reasons) }),
      ...(receipt === undefined ? {} : { receipt: json(receipt) }),
    })
    .where('id', '=', id)
    .execute()
  return await requirePermit(db, id)
}

/** One judgement at a time per family and repository, always locked in this order, until the transaction ends. */
export async function lockJudgement(db: Database, place: { family: string; repository: string }): Promise<void> {
  await lockFamily(db, place.family)
  await lockRepository(db, place.repository)
}

export async function lockFamily(db: Database, family: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`permits.family.${family}`}, 0))`.execute(db)
}

export async function lockRepository(db: Database, repository: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`permits.repository.${repository}`}, 0))`.execute(db)
}

export async function spentOn(
  db: Database,
  repository: string,
  day: string,
): Promise<{ readonly reruns: number; readonly minutes: number }> {
  const row = await tables(db)
    .selectFrom('permit_budget')
    .select(['reruns', 'minutes'])
    .where('repository', '=', repository)
    .where('day', '=', day)
    .executeTakeFirst()
  return row ?? { reruns: 0, minutes: 0 }
}

/** Negative numbers give back what was not used. */
export async function spend(
  db: Database,
  repository: string,
  day: string,
  cost: { readonly reruns: number; readonly minutes: number },
): Promise<void> {
  await tables(db)
    .insertInto('permit_budget')
    .values({ repository, day, ...cost })
    .onConflict((conflict) =>
      conflict.columns(['repository', 'day']).doUpdateSet({
        reruns: sql`permit_budget.reruns + excluded.reruns`,
        minutes: sql`permit_budget.minutes + excluded.minutes`,
      }),
    )
    .execute()
}

const rerunning: readonly RemedyKind[] = ['rerun-failed', 'rerun-clean', 'more-memory', 'more-time']

/** Reruns that were granted to this run for this family. */
export async function rerunsGranted(db: Database, runId: string, family: string): Promise<number> {
  const row = await tables(db)
    .selectFrom('permits')
    .select((e) => e.fn.countAll<number>().as('times'))
    .where('run_id', '=', runId)
    .where('family', '=', family)
    .where('remedy', 'in', [...rerunning])
    .where('state', 'in', ['granted', 'used'])
    .executeTakeFirstOrThrow()
  return Number(row.times)
}

/** Other runs in which this remedy failed since it last helped, and when it last failed. */
export async function failuresInARow(
  db: Database,
  about: { repository: string; remedy: RemedyKind; family: string; exceptRun: string },
): Promise<{ readonly times: number; readonly last: Date | undefined }> {
  const { rows } = await sql<{ times: number; last: Date | null }>`
    select count(distinct run_id) as times, max(settled_at) as last from permits
    where repository = ${about.repository} and remedy = ${about.remedy} and family = ${about.family}
      and run_id <> ${about.exceptRun} and settled_at is not null and proven = false
      and settled_at > coalesce((
        select max(settled_at) from permits
        where repository = ${about.repository} and remedy = ${about.remedy} and family = ${about.family} and proven
      ), '-infinity')`.execute(db)
  return { times: Number(rows[0]?.times ?? 0), last: rows[0]?.last ?? undefined }
}

/** Permits that wait for the end of a mass failure, in the order in which repositories must be locked. */
export async function heldPermits(db: Database, family: string): Promise<readonly PermitRow[]> {
  return await tables(db)
    .selectFrom('permits')
    .selectAll()
    .select(dayText)
    .where('family', '=', family)
    .where('state', '=', 'asked')
    .where(sql<boolean>`reasons @> '[{"code": "mass-failure"}]'`)
    .orderBy('repository')
    .orderBy('asked_at')
    .execute()
}

export async function expiredPermits(db: Database, now: Date): Promise<readonly PermitRow[]> {
  return await tables(db)
    .selectFrom('permits')
    .selectAll()
    .select(dayText)
    .where('state', '=', 'asked')
    .where('expires_at', '<=', now)
    .orderBy('id')
    .limit(200)
    .forUpdate()
    .skipLocked()
    .execute()
}

import { sql } from 'kysely'
import type { Database } from '../../engine/database/database.ts'
import type { Category } from '../../model/diagnosis.ts'
import type { HealingOutcome } from '../../model/events.ts'
import { tables } from './memory.ts'

/** What is known of a family from other runs: how often it was seen, and what became of it. */
export interface FamilyRecord {
  readonly times: number
  readonly since?: string | undefined
  /** Cases in which a plain rerun at the same commit turned green, and in which it stayed red. */
  readonly rerunGreen: number
  readonly rerunRed: number
}

/** Other runs alone: attempts of one run end and begin at the same moment, and what they were told must not depend on that. */
export async function familyRecord(db: Database, family: string, exceptRun: string): Promise<FamilyRecord> {
  const seen = await tables(db)
    .selectFrom('healings')
    .select((e) => [e.fn.countAll<number>().as('times'), e.fn.min('started_at').as('since')])
    .where('family', '=', family)
    .where('run_id', '!=', exceptRun)
    .executeTakeFirstOrThrow()
  const reruns = await tables(db)
    .selectFrom('remedy_outcomes')
    .innerJoin('healings', 'healings.id', 'remedy_outcomes.healing_id')
    .select((e) => ['remedy_outcomes.proven', e.fn.countAll<number>().as('times')])
    .where('remedy_outcomes.family', '=', family)
    .where('remedy_outcomes.remedy', 'in', ['rerun-failed', 'rerun-clean'])
    .where('healings.run_id', '!=', exceptRun)
    .groupBy('remedy_outcomes.proven')
    .execute()
  const count = (proven: boolean) => reruns.find((row) => row.proven === proven)?.times ?? 0
  return {
    times: seen.times,
    since: seen.since === null ? undefined : new Date(seen.since).toISOString(),
    rerunGreen: count(true),
    rerunRed: count(false),
  }
}

/** Of each case how often its family was seen in other runs, and since when. */
export async function seenBefore(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<FamilyRecord, 'times' | 'since'>>> {
  if (ids.length === 0) return new Map()
  const rows = await tables(db)
    .selectFrom('healings as mine')
    .innerJoin('healings as other', (join) =>
      join.onRef('other.family', '=', 'mine.family').onRef('other.run_id', '!=', 'mine.run_id'),
    )
    .select((e) => ['mine.id', e.fn.countAll<number>().as('times'), e.fn.min('other.started_at').as('since')])
    .where('mine.id', 'in', [...ids])
    .groupBy('mine.id')
    .execute()
  return new Map(rows.map(({ id, times, since }) => [id, { times, since: new Date(since).toISOString() }]))
}

/** A diagnosed case as families are made from: without its diagnosis, which is large. */
export interface SeenRow {
  readonly id: string
  readonly run_id: string
  readonly repository: string
  readonly pipeline: string
  readonly branch: string | null
  readonly category: Category
  readonly family: string
  readonly family_version: number
  readonly family_text: string
  readonly started_at: Date
}

/** Diagnosed cases since a time, the newest first. */
export async function diagnosedSince(db: Database, since: Date, limit: number): Promise<readonly SeenRow[]> {
  const rows = await tables(db)
    .selectFrom('healings')
    .select(['id', 'run_id', 'repository', 'pipeline', 'branch', 'category', 'family', 'family_version'])
    .select(['family_text', 'started_at'])
    .where('family', 'is not', null)
    .where('started_at', '>=', since)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ...row,
    category: (row.category ?? 'unknown') as Category,
    family: row.family ?? '',
    family_version: row.family_version ?? 0,
    family_text: row.family_text ?? '',
  }))
}

/** Changes whenever a case of the time is diagnosed: by it one knows whether families must be told anew. */
export async function diagnosedMark(db: Database, since: Date): Promise<string> {
  const row = await tables(db)
    .selectFrom('healings')
    .select((e) => [e.fn.countAll<number>().as('count'), e.fn.max('started_at').as('newest')])
    .where('family', 'is not', null)
    .where('started_at', '>=', since)
    .executeTakeFirstOrThrow()
  return `${row.count} ${row.newest === null ? '' : new Date(row.newest).toISOString()}`
}

export interface Told {
  readonly sentence: string
  readonly outcome: HealingOutcome | null
}

/** What the diagnoses of these cases say, and how the cases ended. */
export async function toldOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Told>> {
  if (ids.length === 0) return new Map()
  const rows = await tables(db)
    .selectFrom('healings')
    .select(['id', 'outcome', sql<string | null>`diagnosis ->> 'sentence'`.as('sentence')])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, outcome, sentence }) => [id, { sentence: sentence ?? '', outcome }]))
}

/** What plain reruns of these families did, over all runs. */
export async function rerunRecord(
  db: Database,
  families: readonly string[],
): Promise<{ readonly green: number; readonly red: number }> {
  if (families.length === 0) return { green: 0, red: 0 }
  const row = await tables(db)
    .selectFrom('remedy_outcomes')
    .select((e) => [
      e.fn.countAll<number>().filterWhere('proven', '=', true).as('green'),
      e.fn.countAll<number>().filterWhere('proven', '=', false).as('red'),
    ])
    .where('family', 'in', [...families])
    .where('remedy', 'in', ['rerun-failed', 'rerun-clean'])
    .executeTakeFirstOrThrow()
  return { green: Number(row.green), red: Number(row.red) }
}

import { type Selectable, sql } from 'kysely'
import { storableText } from '../../base/text.ts'
import type { Database } from '../../engine/database/database.ts'
import { storableJson } from '../../engine/eventlog/storable-json.ts'
import type { Category, Diagnosis } from '../../model/diagnosis.ts'
import type { HealingOutcome } from '../../model/events.ts'
import type { Plan, RemedyKind } from '../../model/remedy.ts'
import type { RunId } from '../../model/run.ts'
import { textOf } from './families/text.ts'

/** The tables of the heal loop: the ledger of its cases, and the record of each remedy. No other file touches them. */
type Tables = {
  healings: HealingsTable
  healing_moments: { healing_id: string; what: string; at: Date; sentence: string }
  remedy_outcomes: {
    healing_id: string
    repository: string
    family: string
    category: string
    branch: string | null
    remedy: RemedyKind
    proven: boolean
    took_ms: number
    at: Date
    held: boolean
  }
}

type HealingsTable = {
  id: string
  run_id: string
  attempt: number
  connection: string
  repository: string
  pipeline: string
  branch: string | null
  sha: string
  job_id: string | null
  job_name: string | null
  state: HealingState
  outcome: HealingOutcome | null
  sentence: string
  category: string | null
  family: string | null
  family_version: number | null
  /** What the failure says, masked. */
  family_text: string | null
  inputs: unknown
  diagnosis: Diagnosis | null
  plan: Plan | null
  permit_id: string | null
  effect: unknown
  proof: Proof | null
  started_at: Date
  finished_at: Date | null
}

export type HealingState = 'sensing' | 'deciding' | 'asking' | 'waiting' | 'acting' | 'proving' | 'finished'
export type HealingRow = Selectable<HealingsTable>
export interface Moment {
  readonly what: string
  readonly at: Date
  readonly sentence: string
}
/** What was observed after the effect: held is null while nothing could be observed. */
export interface Proof {
  readonly held: boolean | null
  readonly sentence: string
  readonly [fact: string]: unknown
}

const tables = (db: Database) => db.withTables<Tables>()

export interface NewHealing {
  readonly id: string
  readonly runId: RunId
  readonly attempt: number
  readonly connection: string
  readonly repository: string
  readonly pipeline: string
  readonly branch?: string | undefined
  readonly sha: string
  readonly at: Date
}

/** Open a case; a second time changes nothing. */
export async function openHealing(db: Database, healing: NewHealing): Promise<void> {
  await tables(db)
    .insertInto('healings')
    .values({
      id: healing.id,
      run_id: healing.runId,
      attempt: healing.attempt,
      connection: healing.connection,
      repository: healing.repository,
      pipeline: healing.pipeline,
      branch: healing.branch ?? null,
      sha: healing.sha,
      state: 'sensing',
      sentence: 'Reading what happened.',
      started_at: healing.at,
      job_id: null,
      job_name: null,
      outcome: null,
      category: null,
      family: null,
      family_version: null,
      family_text: null,
      inputs: null,
      diagnosis: null,
      plan: null,
      permit_id: null,
      effect: null,
      proof: null,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface HealingChange {
  readonly state: HealingState
  readonly sentence: string
  readonly at: Date
  readonly outcome?: HealingOutcome
  readonly jobId?: string
  readonly jobName?: string
  readonly inputs?: unknown
  readonly diagnosis?: Diagnosis
  readonly plan?: Plan
  readonly permitId?: string
  readonly effect?: unknown
  readonly proof?: Proof
}

/** Move a case on and write the moment down. The same change again changes nothing. */
export async function moveHealing(db: Database, id: string, what: string, change: HealingChange): Promise<void> {
  const sentence = storableText(change.sentence)
  const json = (value: unknown) => (value === undefined ? undefined : sql<never>`${storableJson(value)}::jsonb`)
  await tables(db)
    .updateTable('healings')
    .set({
      state: change.state,
      sentence,
      outcome: change.outcome,
      job_id: change.jobId,
      job_name: change.jobName === undefined ? undefined : storableText(change.jobName),
      category: change.diagnosis?.category,
      family: change.diagnosis?.fingerprint.family,
      family_version: change.diagnosis?.fingerprint.version,
      family_text: change.diagnosis === undefined ? undefined : storableText(textOf(change.diagnosis)),
      inputs: json(change.inputs),
      diagnosis: json(change.diagnosis),
      plan: json(change.plan),
      permit_id: change.permitId,
      effect: json(change.effect),
      proof: json(change.proof),
      finished_at: change.state === 'finished' ? change.at : undefined,
    })
    .where('id', '=', id)
    .where('state', '!=', 'finished')
    .execute()
  await tables(db)
    .insertInto('healing_moments')
    .values({ healing_id: id, what, at: change.at, sentence })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function findHealing(db: Database, id: string): Promise<HealingRow | undefined> {
  return await tables(db).selectFrom('healings').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Newest first. `before` is the id of the last one already seen. */
export async function listHealings(
  db: Database,
  filter: {
    readonly outcome?: HealingOutcome | undefined
    readonly open?: boolean | undefined
    readonly before?: string | undefined
    readonly limit: number
  },
): Promise<readonly HealingRow[]> {
  let query = tables(db)
    .selectFrom('healings')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
  if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome)
  if (filter.open === true) query = query.where('state', '!=', 'finished')
  if (filter.before !== undefined) {
    const last = sql`(select h.started_at, h.id from healings h where h.id = ${filter.before})`
    query = query.where(sql<boolean>`(started_at, id) < ${last}`)
  }
  return await query.execute()
}

export async function healingsOfRun(db: Database, runId: RunId): Promise<readonly HealingRow[]> {
  return await tables(db)
    .selectFrom('healings')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('attempt', 'desc')
    .execute()
}

/** The last case in which this job was the one that failed first. */
export async function healingOfJob(db: Database, jobId: string): Promise<HealingRow | undefined> {
  return await tables(db)
    .selectFrom('healings')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('started_at', 'desc')
    .executeTakeFirst()
}

export async function momentsOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Moment[]>> {
  if (ids.length === 0) return new Map()
  const rows = await tables(db)
    .selectFrom('healing_moments')
    .selectAll()
    .where('healing_id', 'in', [...ids])
    .orderBy('at')
    .execute()
  return Map.groupBy(rows, (row) => row.healing_id)
}

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

/** How often a remedy was tried for this run already, over all its attempts. */
export async function remediesTried(
  db: Database,
  runId: RunId,
  except: string,
): Promise<readonly { readonly remedy: RemedyKind; readonly family: string | null }[]> {
  const rows = await tables(db)
    .selectFrom('healings')
    .select(['plan', 'family'])
    .where('run_id', '=', runId)
    .where('id', '!=', except)
    .where('effect', 'is not', null)
    .execute()
  return rows.flatMap((row) => (row.plan === null ? [] : [{ remedy: row.plan.remedy, family: row.family }]))
}

export interface RemedyOutcome {
  readonly healingId: string
  readonly repository: string
  readonly family: string
  readonly category: Category
  readonly branch?: string | undefined
  readonly remedy: RemedyKind
  readonly proven: boolean
  readonly tookMs: number
  readonly at: Date
}

export async function rememberOutcome(db: Database, outcome: RemedyOutcome): Promise<void> {
  await tables(db)
    .insertInto('remedy_outcomes')
    .values({
      healing_id: outcome.healingId,
      repository: outcome.repository,
      family: outcome.family,
      category: outcome.category,
      branch: outcome.branch ?? null,
      remedy: outcome.remedy,
      proven: outcome.proven,
      took_ms: Math.round(outcome.tookMs),
      at: outcome.at,
      held: true,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The same family failed again on the branch: mends of the last 72 hours did not hold. */
export async function doubtMends(
  db: Database,
  family: string,
  branch: string | undefined,
  since: Date,
  except: string,
): Promise<void> {
  await tables(db)
    .updateTable('remedy_outcomes')
    .set({ held: false })
    .where('family', '=', family)
    .where((e) => (branch === undefined ? e('branch', 'is', null) : e('branch', '=', branch)))
    .where('proven', '=', true)
    .where('at', '>=', since)
    .where('healing_id', '!=', except)
    .execute()
}

/** The record of every remedy per repository. */
export async function remedyRecords(db: Database): Promise<
  readonly {
    readonly repository: string
    readonly remedy: RemedyKind
    readonly tried: number
    readonly proven: number
    readonly disproven: number
  }[]
> {
  const rows = await tables(db)
    .selectFrom('remedy_outcomes')
    .select((e) => [
      'repository',
      'remedy',
      e.fn.countAll<number>().as('tried'),
      e.fn.countAll<number>().filterWhere('proven', '=', true).filterWhere('held', '=', true).as('proven'),
    ])
    .groupBy(['repository', 'remedy'])
    .orderBy('repository')
    .orderBy('remedy')
    .execute()
  return rows.map((row) => ({
    repository: row.repository,
    remedy: row.remedy,
    tried: row.tried,
    proven: row.proven,
    disproven: row.tried - row.proven,
  }))
}

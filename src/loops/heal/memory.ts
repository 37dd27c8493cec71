import { type Selectable, sql } from 'kysely'
import { storableText } from '../../base/text.ts'
import type { Database } from '../../engine/database/database.ts'
import { storableJson } from '../../engine/eventlog/storable-json.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import type { HealingOutcome } from '../../model/events.ts'
import type { Plan, RemedyKind } from '../../model/remedy.ts'
import type { RunId } from '../../model/run.ts'
import { textOf } from './families/text.ts'

/**
 * The tables of the heal loop: the ledger of its cases, and the record of each remedy. Only this file and its neighbours
 * `families-memory.ts` and `outcomes-memory.ts` touch them.
 */
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

export const tables = (db: Database) => db.withTables<Tables>()

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

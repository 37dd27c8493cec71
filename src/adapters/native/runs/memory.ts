import { type Generated, type Selectable, sql } from 'kysely'
import type { Database } from '../../../engine/database/database.ts'
import type { Conclusion, RunStatus } from '../../../model/run.ts'
import { json } from '../json.ts'

/** A run with its present attempt. Whoever changes it or its jobs holds `lockRun` first. */
export interface NativeRun {
  readonly id: number
  readonly connection: string
  readonly repository: string
  readonly path: string
  readonly pipeline: string
  readonly number: number
  readonly attempt: number
  readonly status: RunStatus
  readonly conclusion: Conclusion | null
  readonly event: string
  readonly ref: string
  readonly beforeSha: string | null
  readonly sha: string
  readonly actor: string | null
  readonly title: string | null
  readonly definition: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly updatedAt: Date
}

type RunRow = Selectable<Tables['native_runs']>

type Tables = {
  native_runs: {
    id: Generated<number>
    connection: string
    repository: string
    path: string
    pipeline: string
    number: number
    attempt: Generated<number>
    status: RunStatus
    conclusion: Conclusion | null
    event: string
    ref: string
    before_sha: string | null
    sha: string
    actor: string | null
    title: string | null
    definition: string
    inputs: unknown
    cause: string
    created_at: Date
    started_at: Date | null
    updated_at: Date
  }
  native_reruns: { idempotency_key: string; run_id: number; attempt: number; at: Date }
}

const on = (db: Database) => db.withTables<Tables>()

export type NewRun = Omit<NativeRun, 'id' | 'number' | 'attempt' | 'startedAt' | 'updatedAt'> & {
  readonly cause: string
}

/** Undefined when the same cause planned this run before. The caller holds the repository, which orders the numbers. */
export async function insertRun(db: Database, run: NewRun): Promise<NativeRun | undefined> {
  const tables = on(db)
  const last = await tables
    .selectFrom('native_runs')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('connection', '=', run.connection)
    .where('repository', '=', run.repository)
    .where('path', '=', run.path)
    .executeTakeFirst()
  const row = await tables
    .insertInto('native_runs')
    .values({
      connection: run.connection,
      repository: run.repository,
      path: run.path,
      pipeline: run.pipeline,
      number: (last?.number ?? 0) + 1,
      status: run.status,
      conclusion: run.conclusion,
      event: run.event,
      ref: run.ref,
      before_sha: run.beforeSha,
      sha: run.sha,
      actor: run.actor,
      title: run.title,
      definition: run.definition,
      inputs: json(run.inputs),
      cause: run.cause,
      created_at: run.createdAt,
      updated_at: run.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['connection', 'repository', 'path', 'cause']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return row && runOf(row)
}

export async function readRun(db: Database, id: number): Promise<NativeRun | undefined> {
  const row = await on(db).selectFrom('native_runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && runOf(row)
}

/** All changes to a run and its jobs queue up here, which also fixes the order of their reports. */
export async function lockRun(db: Database, id: number): Promise<NativeRun | undefined> {
  const row = await on(db).selectFrom('native_runs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && runOf(row)
}

export interface RunChange {
  readonly attempt?: number
  readonly status: RunStatus
  readonly conclusion: Conclusion | null
  readonly startedAt?: Date | null
  readonly at: Date
}

export async function changeRun(db: Database, id: number, change: RunChange): Promise<NativeRun> {
  const row = await on(db)
    .updateTable('native_runs')
    .set({
      status: change.status,
      conclusion: change.conclusion,
      updated_at: change.at,
      ...(change.attempt === undefined ? {} : { attempt: change.attempt }),
      ...(change.startedAt === undefined ? {} : { started_at: change.startedAt }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return runOf(row)
}

export async function runsChangedSince(
  db: Database,
  connection: string,
  repository: string,
  since: Date,
): Promise<readonly NativeRun[]> {
  const rows = await on(db)
    .selectFrom('native_runs')
    .selectAll()
    .where('connection', '=', connection)
    .where('repository', '=', repository)
    .where('updated_at', '>=', since)
    .orderBy('updated_at')
    .orderBy('id')
    .execute()
  return rows.map(runOf)
}

/** The commit that the latest push run of a workflow on a ref was made for. */
export async function lastPlanned(
  db: Database,
  of: Pick<NativeRun, 'connection' | 'repository' | 'path' | 'ref'>,
): Promise<string | undefined> {
  const row = await on(db)
    .selectFrom('native_runs')
    .select('sha')
    .where('connection', '=', of.connection)
    .where('repository', '=', of.repository)
    .where('path', '=', of.path)
    .where('ref', '=', of.ref)
    .where('event', '=', 'push')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.sha
}

/** Open runs in which nobody works and nobody will: something must be decided for them. */
export async function standingRuns(db: Database, connection: string): Promise<readonly number[]> {
  const rows = await on(db)
    .selectFrom('native_runs as run')
    .select('run.id')
    .where('run.connection', '=', connection)
    .where('run.status', '<>', 'completed')
    .where(
      sql<boolean>`(
        not exists (
          select from native_jobs job where job.run_id = run.id and job.attempt = run.attempt
            and job.state in ('queued', 'claimed', 'running'))
        or exists (
          select from native_jobs job where job.run_id = run.id and job.attempt = run.attempt
            and job.state in ('waiting', 'queued') and job.stop_requested is not null))`,
    )
    .execute()
  return rows.map((row) => row.id)
}

export async function findRerun(
  db: Database,
  idempotencyKey: string,
): Promise<{ readonly attempt: number; readonly at: Date } | undefined> {
  return on(db)
    .selectFrom('native_reruns')
    .select(['attempt', 'at'])
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst()
}

export async function insertRerun(
  db: Database,
  rerun: { readonly idempotencyKey: string; readonly runId: number; readonly attempt: number; readonly at: Date },
): Promise<void> {
  await on(db)
    .insertInto('native_reruns')
    .values({ idempotency_key: rerun.idempotencyKey, run_id: rerun.runId, attempt: rerun.attempt, at: rerun.at })
    .execute()
}

export async function countReruns(db: Database, runId: number): Promise<number> {
  const row = await on(db)
    .selectFrom('native_reruns')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function runOf(row: RunRow): NativeRun {
  return {
    id: row.id,
    connection: row.connection,
    repository: row.repository,
    path: row.path,
    pipeline: row.pipeline,
    number: row.number,
    attempt: row.attempt,
    status: row.status,
    conclusion: row.conclusion,
    event: row.event,
    ref: row.ref,
    beforeSha: row.before_sha,
    sha: row.sha,
    actor: row.actor,
    title: row.title,
    definition: row.definition,
    inputs: row.inputs as NativeRun['inputs'],
    createdAt: row.created_at,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
  }
}

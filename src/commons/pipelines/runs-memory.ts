import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Database } from '../../engine/database/database.ts'
import type { Run } from '../../model/run.ts'
import { type RunTable, toRow, toRun } from './run-row.ts'
import type { Stitch } from './seam.ts'
import { stitch } from './seam.ts'

export interface RunAttempt {
  readonly id: string
  readonly attempt: number
}

/** A run with its place in the pipeline's seam. */
export interface StitchedRun {
  readonly run: Run
  readonly stitch: Stitch
}

/** `older` when we knew as much or more of this attempt already. */
export async function recordRun(db: Database, run: Run): Promise<'newer' | 'older'> {
  return (await recordRuns(db, [run])) === 1 ? 'newer' : 'older'
}

/** Keep the furthest snapshot of every attempt; never goes back. Answers how many of the attempts were news. */
export async function recordRuns(db: Database, runs: readonly Run[]): Promise<number> {
  const furthest = new Map<string, RunTable>()
  for (const run of runs) {
    const row = toRow(run)
    const key = `${row.attempt} ${row.id}`
    const known = furthest.get(key)
    if (!known || known.progress < row.progress) furthest.set(key, row)
  }
  if (furthest.size === 0) return 0
  const result = await tables(db)
    .insertInto('runs')
    // One order for all writers, so that two of them never wait for each other in a circle.
    .values([...furthest.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.attempt - b.attempt)))
    .onConflict((conflict) =>
      conflict
        .columns(['id', 'attempt'])
        .doUpdateSet((eb) => Object.fromEntries(mutable.map((column) => [column, eb.ref(`excluded.${column}`)])))
        .whereRef('runs.progress', '<', 'excluded.progress'),
    )
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0)
}

const mutable = [
  'pipeline',
  'path',
  'status',
  'conclusion',
  'branch',
  'actor',
  'title',
  'url',
  'created_at',
  'started_at',
  'updated_at',
  'progress',
  'stage',
] as const satisfies readonly (keyof RunTable)[]

/**
 * The attempts among these that started or ended since they were last announced; marks them announced. Two callers
 * never get the same answer, so whoever gets it appends the events in the same transaction.
 */
export async function takeUnannounced(
  db: Database,
  attempts: readonly RunAttempt[],
): Promise<readonly { readonly run: Run; readonly started: boolean; readonly ended: boolean }[]> {
  if (attempts.length === 0) return []
  const rows = await tables(db)
    .with('due', (query) =>
      query
        .selectFrom('runs')
        .select(['id', 'attempt', 'announced as was'])
        .where(isOneOf(attempts))
        .whereRef('announced', '<', 'stage')
        .orderBy('id')
        .orderBy('attempt')
        .forUpdate(),
    )
    .updateTable('runs')
    .from('due')
    .set((eb) => ({ announced: eb.ref('runs.stage') }))
    .whereRef('runs.id', '=', 'due.id')
    .whereRef('runs.attempt', '=', 'due.attempt')
    .returningAll('runs')
    .returning('due.was')
    .execute()
  return rows.map((row) => ({ run: toRun(row), started: row.was < 1, ended: row.stage === 2 }))
}

/** The latest attempt of a run, or the attempt asked for. */
export async function findRun(db: Database, id: string, attempt?: number): Promise<Run | undefined> {
  let query = tables(db).selectFrom('runs').selectAll().where('id', '=', id)
  if (attempt !== undefined) query = query.where('attempt', '=', attempt)
  const row = await query.orderBy('attempt', 'desc').limit(1).executeTakeFirst()
  return row && toRun(row)
}

/** Attempts of runs, in any order; those that were never recorded are left out. */
export async function findRuns(
  db: Database,
  attempts: readonly { readonly id: string; readonly attempt: number }[],
): Promise<readonly Run[]> {
  if (attempts.length === 0) return []
  const rows = await tables(db)
    .selectFrom('runs')
    .selectAll()
    .where((e) => e.or(attempts.map(({ id, attempt }) => e.and({ id, attempt }))))
    .execute()
  return rows.map(toRun)
}

/** Every attempt that we know of, first to last. */
export async function attemptsOf(db: Database, id: string): Promise<readonly Run[]> {
  const rows = await tables(db).selectFrom('runs').selectAll().where('id', '=', id).orderBy('attempt').execute()
  return rows.map(toRun)
}

export interface RunQuery {
  readonly repository?: string | undefined
  readonly pipeline?: string | undefined
  readonly branch?: string | undefined
  /** Id of a run: only older ones. The last of the page before. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Runs by their latest attempt, newest first. */
export async function listRuns(db: Database, wanted: RunQuery): Promise<readonly StitchedRun[]> {
  let query = latest(db)
  if (wanted.repository !== undefined) query = query.where('runs.repository', '=', wanted.repository)
  if (wanted.pipeline !== undefined) query = query.where('runs.pipeline', '=', wanted.pipeline)
  if (wanted.branch !== undefined) query = query.where('runs.branch', '=', wanted.branch)
  if (wanted.before !== undefined) {
    const last = sql`(select last.created_at, last.id from runs last where last.id = ${wanted.before} limit 1)`
    query = query.where(sql<boolean>`(runs.created_at, runs.id) < ${last}`)
  }
  const rows = await query.orderBy('runs.created_at', 'desc').orderBy('runs.id', 'desc').limit(wanted.limit).execute()
  return rows.map(toStitched)
}

/** How the last `count` runs of a pipeline ended, oldest first. */
export async function seamOf(
  db: Database,
  repository: string,
  pipeline: string,
  branch: string | undefined,
  count: number,
): Promise<readonly Stitch[]> {
  const runs = await listRuns(db, { repository, pipeline, branch, limit: count })
  return runs.map((run) => run.stitch).reverse()
}

/** A pipeline on a branch: its seam, oldest first, and its latest run. */
export interface PipelineState {
  readonly repository: string
  readonly pipeline: string
  readonly branch: string | undefined
  readonly seam: readonly Stitch[]
  readonly latest: Run
}

/** Every pipeline that ran since, by branch, the one that ran last first. */
export async function pipelineStates(
  db: Database,
  wanted: { readonly since: Date; readonly seam: number; readonly limit: number },
): Promise<readonly PipelineState[]> {
  const ranked = latest(db)
    .where('runs.created_at', '>=', wanted.since)
    .select(
      sql<number>`row_number() over (
      partition by runs.repository, runs.pipeline, runs.branch order by runs.created_at desc, runs.id desc)::int`.as(
        'nth',
      ),
    )
  const rows = await tables(db)
    .selectFrom(ranked.as('ranked'))
    .selectAll()
    .where('nth', '<=', wanted.seam)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const states = new Map<string, { latest: Run; seam: Stitch[] }>()
  for (const row of rows) {
    const { run, stitch } = toStitched(row)
    const key = JSON.stringify([run.repository, run.pipeline, run.branch])
    const state = states.get(key)
    if (state) state.seam.unshift(stitch)
    else if (states.size < wanted.limit) states.set(key, { latest: run, seam: [stitch] })
  }
  return [...states.values()].map(({ latest, seam }) => ({
    repository: latest.repository,
    pipeline: latest.pipeline,
    branch: latest.branch,
    seam,
    latest,
  }))
}

/** Latest attempts that are not over and of which we heard nothing since `quietSince`: the poller asks about them. */
export async function openRuns(db: Database, quietSince: Date, limit = 200): Promise<readonly Run[]> {
  const rows = await latest(db)
    .where('runs.status', '<>', 'completed')
    .where('runs.updated_at', '<', quietSince)
    .orderBy('runs.updated_at')
    .limit(limit)
    .execute()
  return rows.map(toRun)
}

/** Rows of the latest attempts, with whether an earlier attempt failed. */
function latest(db: Database) {
  return tables(db)
    .selectFrom('runs')
    .selectAll('runs')
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('runs as earlier')
            .select(sql`1`.as('one'))
            .whereRef('earlier.id', '=', 'runs.id')
            .whereRef('earlier.attempt', '<', 'runs.attempt')
            .where('earlier.conclusion', 'in', ['failure', 'timed_out', 'startup_failure']),
        )
        .as('failed_before'),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('runs as later')
            .select(sql`1`.as('one'))
            .whereRef('later.id', '=', 'runs.id')
            .whereRef('later.attempt', '>', 'runs.attempt'),
        ),
      ),
    )
}

function tables(db: Database) {
  return db.withTables<{ runs: RunTable }>()
}

function isOneOf(attempts: readonly RunAttempt[]) {
  const pairs = attempts.map(({ id, attempt }) => sql`(${id}, ${attempt}::integer)`)
  return sql<boolean>`(id, attempt) in (${sql.join(pairs)})`
}

function toStitched(row: Selectable<RunTable> & { failed_before: unknown }): StitchedRun {
  const run = toRun(row)
  return { run, stitch: stitch({ ...run, failedBefore: row.failed_before === true }) }
}

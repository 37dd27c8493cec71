import { type Generated, type Selectable, sql } from 'kysely'
import type { Database } from '../../../engine/database/database.ts'
import type { Conclusion, Observed, Step } from '../../../model/run.ts'
import { json } from '../json.ts'

/**
 * `waiting`: needs others that have not ended; has no cell yet. `queued`: any runner may claim it. `claimed`: a runner
 * prepares it. `running`: its steps run. `completed`: has its conclusion.
 */
export type JobState = 'waiting' | 'queued' | 'claimed' | 'running' | 'completed'

export interface NativeJob {
  readonly id: number
  readonly runId: number
  readonly attempt: number
  readonly place: number
  readonly key: string
  readonly name: string
  readonly needs: readonly string[]
  readonly cell: Readonly<Record<string, unknown>> | null
  readonly state: JobState
  readonly conclusion: Conclusion | null
  readonly outputs: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
  readonly observed: Observed | null
  readonly carriedFrom: number | null
  readonly memoryBytes: number | null
  readonly timeoutMs: number | null
  readonly clean: boolean
  readonly claimedBy: string | null
  readonly stop: Stop | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly completedAt: Date | null
}

export interface Stop {
  readonly reason: string
  readonly key: string
  readonly at: string
}

type JobRow = Selectable<Tables['native_jobs']>

type Tables = {
  native_runners: { id: string; name: string; host: string; pid: number; pid_started: string | null }
  native_jobs: {
    id: Generated<number>
    run_id: number
    connection: string
    attempt: number
    place: number
    key: string
    name: string
    needs: readonly string[]
    cell: unknown
    state: JobState
    conclusion: Conclusion | null
    outputs: unknown
    steps: unknown
    observed: unknown
    carried_from: number | null
    memory_bytes: number | null
    timeout_ms: number | null
    clean: boolean
    claimed_by: string | null
    heartbeat_at: Date | null
    stop_requested: unknown
    created_at: Date
    started_at: Date | null
    completed_at: Date | null
  }
}

const on = (db: Database) => db.withTables<Tables>()

export type NewJob = Pick<NativeJob, 'attempt' | 'place' | 'key' | 'name' | 'needs' | 'cell' | 'state' | 'createdAt'> &
  Partial<NativeJob>

export async function insertJob(
  db: Database,
  run: { readonly id: number; readonly connection: string },
  job: NewJob,
): Promise<NativeJob> {
  const row = await on(db)
    .insertInto('native_jobs')
    .values({
      run_id: run.id,
      connection: run.connection,
      attempt: job.attempt,
      place: job.place,
      key: job.key,
      name: job.name,
      needs: [...job.needs],
      cell: job.cell && json(job.cell),
      state: job.state,
      conclusion: job.conclusion ?? null,
      outputs: json(job.outputs ?? {}),
      steps: json(job.steps ?? []),
      observed: job.observed ? json(job.observed) : null,
      carried_from: job.carriedFrom ?? null,
      memory_bytes: job.memoryBytes ?? null,
      timeout_ms: job.timeoutMs ?? null,
      clean: job.clean ?? false,
      created_at: job.createdAt,
      started_at: job.startedAt ?? null,
      completed_at: job.completedAt ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return jobOf(row)
}

export async function jobsOf(db: Database, runId: number, attempt: number): Promise<readonly NativeJob[]> {
  const rows = await on(db)
    .selectFrom('native_jobs')
    .selectAll()
    .where('run_id', '=', runId)
    .where('attempt', '=', attempt)
    .orderBy('place')
    .orderBy('id')
    .execute()
  return rows.map(jobOf)
}

export async function readJob(db: Database, id: number): Promise<NativeJob | undefined> {
  const row = await on(db).selectFrom('native_jobs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && jobOf(row)
}

export type JobChange = Partial<
  Pick<
    NativeJob,
    | 'name'
    | 'cell'
    | 'state'
    | 'conclusion'
    | 'outputs'
    | 'steps'
    | 'observed'
    | 'memoryBytes'
    | 'timeoutMs'
    | 'stop'
    | 'startedAt'
    | 'completedAt'
  >
>

export async function changeJob(db: Database, id: number, change: JobChange): Promise<NativeJob> {
  const { memoryBytes, timeoutMs, startedAt, completedAt, cell, outputs, steps, observed, stop, ...plain } = change
  const row = await on(db)
    .updateTable('native_jobs')
    .set({
      ...plain,
      ...(cell === undefined ? {} : { cell: cell && json(cell) }),
      ...(outputs === undefined ? {} : { outputs: json(outputs) }),
      ...(steps === undefined ? {} : { steps: json(steps) }),
      ...(observed === undefined ? {} : { observed: observed && json(observed) }),
      ...(stop === undefined ? {} : { stop_requested: stop && json(stop) }),
      ...(memoryBytes === undefined ? {} : { memory_bytes: memoryBytes }),
      ...(timeoutMs === undefined ? {} : { timeout_ms: timeoutMs }),
      ...(startedAt === undefined ? {} : { started_at: startedAt }),
      ...(completedAt === undefined ? {} : { completed_at: completedAt }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return jobOf(row)
}

export interface RunnerLife {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly pid: number
  readonly pidStarted: string | null
}

export async function registerRunner(db: Database, life: RunnerLife): Promise<void> {
  await on(db)
    .insertInto('native_runners')
    .values({ id: life.id, name: life.name, host: life.host, pid: life.pid, pid_started: life.pidStarted })
    .execute()
}

/** Take the oldest queued job of the connection, if another runner has not. */
export async function claimJob(db: Database, connection: string, runner: string): Promise<NativeJob | undefined> {
  const tables = on(db)
  const next = tables
    .selectFrom('native_jobs')
    .select('id')
    .where('state', '=', 'queued')
    .where('connection', '=', connection)
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await tables
    .updateTable('native_jobs')
    .set({ state: 'claimed', claimed_by: runner, heartbeat_at: sql`now()` })
    .where('id', '=', (eb) => eb.selectFrom(next.as('next')).select('next.id'))
    .returningAll()
    .executeTakeFirst()
  return row && jobOf(row)
}

/**
 * Say that the runner still works on these jobs, and hear which of them shall stop. Rows that somebody else holds are left for the next
 * beat, so a beat never waits and never takes part in a deadlock.
 */
export async function beat(
  db: Database,
  runner: string,
  jobs: readonly number[],
): Promise<ReadonlyMap<number, Stop | null>> {
  const tables = on(db)
  const mine = tables
    .selectFrom('native_jobs')
    .select('id')
    .where('id', 'in', jobs)
    .where('claimed_by', '=', runner)
    .where('state', 'in', ['claimed', 'running'])
    .forUpdate()
    .skipLocked()
  const rows = await tables
    .updateTable('native_jobs')
    .set({ heartbeat_at: sql`now()` })
    .where('id', 'in', mine)
    .returning(['id', 'stop_requested'])
    .execute()
  return new Map(rows.map((row) => [row.id, row.stop_requested as Stop | null]))
}

export interface HeldJob {
  readonly job: NativeJob
  readonly runner: RunnerLife
  /** How long its runner has not been heard, by the database's clock. */
  readonly silentMs: number
}

/** Jobs that a runner of the connection holds, or held when it was last heard. */
export async function heldJobs(db: Database, connection: string): Promise<readonly HeldJob[]> {
  const rows = await on(db)
    .selectFrom('native_jobs as job')
    .innerJoin('native_runners as runner', 'runner.id', 'job.claimed_by')
    .selectAll('job')
    .select(['runner.id as life', 'runner.name as runner_name', 'runner.host', 'runner.pid', 'runner.pid_started'])
    .select(sql<number>`(extract(epoch from now() - job.heartbeat_at) * 1000)::int`.as('silent_ms'))
    .where('job.state', 'in', ['claimed', 'running'])
    .where('job.connection', '=', connection)
    .execute()
  return rows.map((row) => ({
    job: jobOf(row),
    runner: { id: row.life, name: row.runner_name, host: row.host, pid: row.pid, pidStarted: row.pid_started },
    silentMs: row.silent_ms ?? 0,
  }))
}

/** What a running job has done so far; left out when the job is no longer the runner's. */
export async function noteSteps(db: Database, id: number, runner: string, steps: readonly Step[]): Promise<void> {
  await on(db)
    .updateTable('native_jobs')
    .set({ steps: json(steps) })
    .where('id', '=', id)
    .where('claimed_by', '=', runner)
    .where('state', '=', 'running')
    .execute()
}

function jobOf(row: JobRow): NativeJob {
  return {
    id: row.id,
    runId: row.run_id,
    attempt: row.attempt,
    place: row.place,
    key: row.key,
    name: row.name,
    needs: row.needs,
    cell: row.cell as NativeJob['cell'],
    state: row.state,
    conclusion: row.conclusion,
    outputs: row.outputs as NativeJob['outputs'],
    steps: row.steps as NativeJob['steps'],
    observed: row.observed as NativeJob['observed'],
    carriedFrom: row.carried_from,
    memoryBytes: row.memory_bytes,
    timeoutMs: row.timeout_ms,
    clean: row.clean,
    claimedBy: row.claimed_by,
    stop: row.stop_requested as NativeJob['stop'],
    createdAt: row.created_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
  }
}

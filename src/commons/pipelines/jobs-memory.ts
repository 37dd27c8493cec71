import { sql } from 'kysely'
import type { Database } from '../../engine/database/database.ts'
import type { Json } from '../../model/events.ts'
import { reviveSteps } from '../../model/revive.ts'
import type { Conclusion, Job, JobId, Observed, RunId, RunStatus, Stall, Step } from '../../model/run.ts'
import { progressOfJob } from './progress.ts'

interface JobTable {
  id: string
  run_id: string
  repository: string
  external_id: string
  attempt: number
  name: string
  key: string | null
  status: RunStatus
  conclusion: Conclusion | null
  started_at: Date | null
  completed_at: Date | null
  steps: unknown
  needs: unknown
  observed: unknown
  stall: unknown
  stall_announced: boolean
  progress: string
}

/** A job with the repository it belongs to. */
export interface JobReport {
  readonly job: Job
  readonly repository: string
}

/** `older` when we knew as much or more of this job already. */
export async function recordJob(db: Database, report: JobReport): Promise<'newer' | 'older'> {
  return (await recordJobs(db, [report])) === 1 ? 'newer' : 'older'
}

/** Keep the furthest snapshot of every job; never goes back. Answers how many of the jobs were news. */
export async function recordJobs(db: Database, reports: readonly JobReport[]): Promise<number> {
  const furthest = new Map<string, ReturnType<typeof toRow>>()
  for (const report of reports) {
    const row = toRow(report)
    const known = furthest.get(row.id)
    if (!known || known.progress < row.progress) furthest.set(row.id, row)
  }
  if (furthest.size === 0) return 0
  const result = await tables(db)
    .insertInto('jobs')
    // One order for all writers, so that two of them never wait for each other in a circle.
    .values([...furthest.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => Object.fromEntries(mutable.map((column) => [column, eb.ref(`excluded.${column}`)])))
        .whereRef('jobs.progress', '<', 'excluded.progress'),
    )
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0)
}

const mutable = [
  'name',
  'key',
  'status',
  'conclusion',
  'started_at',
  'completed_at',
  'steps',
  'needs',
  'observed',
  'progress',
] as const satisfies readonly (keyof JobTable)[]

/**
 * Keep that a job was seen to hang; of several sightings the longest silence. It outlives later reports of the job. Answers
 * true the first time only.
 */
export async function recordStall(db: Database, jobId: string, stall: Stall): Promise<boolean> {
  const known = await tables(db)
    .selectFrom('jobs')
    .select(['stall', 'stall_announced'])
    .where('id', '=', jobId)
    .forUpdate()
    .executeTakeFirst()
  if (!known) return false
  const before = known.stall as Stall | null
  await tables(db)
    .updateTable('jobs')
    .set({ stall: json(before && before.silentMs >= stall.silentMs ? before : stall), stall_announced: true })
    .where('id', '=', jobId)
    .execute()
  return !known.stall_announced
}

export async function findJob(db: Database, id: string): Promise<JobReport | undefined> {
  const row = await tables(db).selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { job: toJob(row), repository: row.repository }
}

/**
 * The jobs of an attempt as a person sees them: a rerun of failed jobs leaves the passed ones in the attempt before, so
 * those are carried over.
 */
export async function jobsOf(db: Database, runId: string, attempt: number): Promise<readonly Job[]> {
  const rows = await tables(db)
    .selectFrom('jobs')
    .selectAll()
    .distinctOn('name')
    .where('run_id', '=', runId)
    .where((eb) =>
      eb.or([
        eb('attempt', '=', attempt),
        eb.and([eb('attempt', '<', attempt), eb('conclusion', 'in', ['success', 'neutral'])]),
      ]),
    )
    .orderBy('name')
    .orderBy('attempt', 'desc')
    .execute()
  return rows.map(toJob).sort(byStart)
}

/** The jobs that failed in exactly this attempt. */
export async function failedJobs(db: Database, runId: string, attempt: number): Promise<readonly Job[]> {
  const rows = await tables(db)
    .selectFrom('jobs')
    .selectAll()
    .where('run_id', '=', runId)
    .where('attempt', '=', attempt)
    .where('conclusion', 'in', ['failure', 'timed_out', 'startup_failure'])
    .execute()
  return rows.map(toJob).sort(byStart)
}

function byStart(a: Job, b: Job): number {
  const begun = (job: Job) => job.startedAt?.getTime() ?? Number.MAX_SAFE_INTEGER
  return begun(a) - begun(b) || (a.id < b.id ? -1 : 1)
}

function tables(db: Database) {
  return db.withTables<{ jobs: JobTable }>()
}

function json(value: unknown) {
  return value === undefined || value === null ? null : sql`${JSON.stringify(value)}::jsonb`
}

function toRow({ job, repository }: JobReport) {
  return {
    id: job.id as string,
    run_id: job.runId as string,
    repository,
    external_id: job.externalId,
    attempt: job.attempt,
    name: job.name,
    key: job.key ?? null,
    status: job.status,
    conclusion: job.conclusion ?? null,
    started_at: job.startedAt ?? null,
    completed_at: job.completedAt ?? null,
    steps: json(job.steps),
    needs: json(job.needs),
    observed: json(job.observed),
    stall: null,
    stall_announced: false,
    progress: progressOfJob(job),
  }
}

function toJob(row: JobTable): Job {
  const observed = row.observed as Observed | null
  const stall = row.stall as Stall | null
  return {
    id: row.id as JobId,
    runId: row.run_id as RunId,
    externalId: row.external_id,
    attempt: row.attempt,
    name: row.name,
    key: row.key ?? undefined,
    status: row.status,
    conclusion: row.conclusion ?? undefined,
    startedAt: row.started_at ?? undefined,
    completedAt: row.completed_at ?? undefined,
    steps: reviveSteps(row.steps as Json<readonly Step[]>),
    needs: (row.needs as readonly string[] | null) ?? undefined,
    observed: stall ? { ...observed, stall } : (observed ?? undefined),
  }
}

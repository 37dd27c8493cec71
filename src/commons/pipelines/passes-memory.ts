import { sql } from 'kysely'
import type { Database } from '../../engine/database/database.ts'
import type { Conclusion, JobId, RunId } from '../../model/run.ts'

/** A job that succeeded, with what is needed to name its run and to get its log. */
export interface Pass {
  readonly job: { readonly id: JobId; readonly externalId: string; readonly name: string; readonly attempt: number }
  readonly run: {
    readonly id: RunId
    readonly externalId: string
    readonly repository: string
    readonly number: number
    readonly branch?: string | undefined
    readonly event: string
  }
  readonly completedAt: Date
  /** Size of its log, when that is kept whole. */
  readonly keptBytes?: number | undefined
}

export interface PassQuery {
  readonly connection: string
  readonly repository: string
  readonly pipeline: string
  readonly path?: string | undefined
  /** Name of the job. */
  readonly job: string
  readonly branches: readonly string[]
  readonly since: Date
  /** Ended then or earlier: vendors tell times in whole seconds. */
  readonly until: Date
}

type Tables = {
  runs: {
    id: string
    attempt: number
    connection: string
    external_id: string
    repository: string
    pipeline: string
    path: string | null
    number: number
    event: string
    branch: string | null
    created_at: Date
  }
  jobs: {
    id: string
    run_id: string
    attempt: number
    external_id: string
    name: string
    conclusion: Conclusion | null
    completed_at: Date | null
  }
  job_logs: { job_id: string; bytes: number; stored_at: Date }
}

/** So many of the newest runs are looked through: a job that passed in none of them has no passing log worth a look. */
const newestRuns = 1_000

/** When a job last succeeded: the latest of each branch and kind of event, the newest first. */
export async function lastPasses(db: Database, wanted: PassQuery): Promise<readonly Pass[]> {
  const tables = db.withTables<Tables>()
  const recent = tables
    .selectFrom('runs')
    .select(['id', 'attempt', 'connection', 'external_id', 'repository', 'path', 'number', 'event', 'branch'])
    .where('repository', '=', wanted.repository)
    .where('pipeline', '=', wanted.pipeline)
    .where('created_at', '>=', wanted.since)
    .orderBy('created_at', 'desc')
    .limit(newestRuns)
  const rows = await tables
    .selectFrom(recent.as('run'))
    .innerJoin('jobs as job', (join) =>
      join.onRef('job.run_id', '=', 'run.id').onRef('job.attempt', '=', 'run.attempt'),
    )
    .leftJoin('job_logs as log', (join) =>
      // What was kept while the job still ran is a part of its log only.
      join.onRef('log.job_id', '=', 'job.id').onRef('log.stored_at', '>=', 'job.completed_at'),
    )
    .distinctOn(['run.branch', 'run.event'])
    .select(['run.id as runId', 'run.external_id as runExternalId', 'run.repository', 'run.number', 'run.branch'])
    .select(['run.event', 'job.id', 'job.external_id as externalId', 'job.name', 'job.attempt'])
    .select([sql<Date>`job.completed_at`.as('completedAt'), 'log.bytes'])
    .where('run.connection', '=', wanted.connection)
    .where('run.branch', 'in', [...wanted.branches])
    .where(sql<boolean>`run.path is not distinct from ${wanted.path ?? null}`)
    .where('job.name', '=', wanted.job)
    .where('job.conclusion', '=', 'success')
    .where('job.completed_at', '<=', wanted.until)
    .orderBy('run.branch')
    .orderBy('run.event')
    .orderBy('job.completed_at', 'desc')
    .execute()
  return rows
    .map(({ runId, runExternalId, repository, number, branch, event, completedAt, bytes, ...job }) => ({
      job: { ...job, id: job.id as JobId },
      run: {
        id: runId as RunId,
        externalId: runExternalId,
        repository,
        number: Number(number),
        branch: branch ?? undefined,
        event,
      },
      completedAt,
      keptBytes: bytes === null ? undefined : Number(bytes),
    }))
    .toSorted((a, b) => b.completedAt.getTime() - a.completedAt.getTime())
}

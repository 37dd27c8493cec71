import { type Generated, sql } from 'kysely'
import type { Database } from '../../../engine/database/database.ts'

export interface Limit {
  readonly memoryBytes?: number | undefined
  readonly timeoutMs?: number | undefined
}

export interface JobOf {
  readonly connection: string
  readonly repository: string
  readonly path: string
  readonly jobKey: string
}

type Tables = {
  native_limits: {
    connection: string
    repository: string
    path: string
    job_key: string
    memory_bytes: number | null
    timeout_ms: number | null
    updated_at: Generated<Date>
  }
}

const on = (db: Database) => db.withTables<Tables>()

/** Later runs of the job get at least this; a limit that is not named stays as it was. */
export async function keepLimit(db: Database, job: JobOf, limit: Limit): Promise<void> {
  const { connection, repository, path, jobKey } = job
  await on(db)
    .insertInto('native_limits')
    .values({
      connection,
      repository,
      path,
      job_key: jobKey,
      memory_bytes: limit.memoryBytes ?? null,
      timeout_ms: limit.timeoutMs ?? null,
    })
    .onConflict((conflict) =>
      conflict.columns(['connection', 'repository', 'path', 'job_key']).doUpdateSet({
        memory_bytes: sql`coalesce(excluded.memory_bytes, native_limits.memory_bytes)`,
        timeout_ms: sql`coalesce(excluded.timeout_ms, native_limits.timeout_ms)`,
        updated_at: sql`now()`,
      }),
    )
    .execute()
}

export async function limitOf(db: Database, job: JobOf): Promise<Limit> {
  const row = await on(db)
    .selectFrom('native_limits')
    .select(['memory_bytes', 'timeout_ms'])
    .where('connection', '=', job.connection)
    .where('repository', '=', job.repository)
    .where('path', '=', job.path)
    .where('job_key', '=', job.jobKey)
    .executeTakeFirst()
  return { memoryBytes: row?.memory_bytes ?? undefined, timeoutMs: row?.timeout_ms ?? undefined }
}

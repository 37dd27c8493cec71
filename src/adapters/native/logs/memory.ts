import type { Database } from '../../../engine/database/database.ts'

type Tables = {
  native_log_chunks: { job_id: number; seq: number; bytes: Buffer }
}

const on = (db: Database) => db.withTables<Tables>()

/** Written again, a piece stays as it was. */
export async function appendLog(db: Database, jobId: number, seq: number, bytes: Buffer): Promise<void> {
  await on(db)
    .insertInto('native_log_chunks')
    .values({ job_id: jobId, seq, bytes })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function lastLogSeq(db: Database, jobId: number): Promise<number> {
  const row = await on(db)
    .selectFrom('native_log_chunks')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('job_id', '=', jobId)
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** The next piece of the log after `seq`, still gzipped. */
export async function logAfter(
  db: Database,
  jobId: number,
  seq: number,
): Promise<{ readonly seq: number; readonly bytes: Buffer } | undefined> {
  return on(db)
    .selectFrom('native_log_chunks')
    .select(['seq', 'bytes'])
    .where('job_id', '=', jobId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
}

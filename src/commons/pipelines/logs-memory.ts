import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Database } from '../../engine/database/database.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

type LogTables = {
  job_logs: { job_id: string; lines: number; bytes: number; stored_at: Date }
  job_log_chunks: { job_id: string; first_line: number; lines: number; gzip: Buffer }
}

/** Characters in a chunk before it is packed: small enough that one page of a log unpacks in a moment. */
const chunkCharacters = 256 * 1024
/** A longer line is cut, with a note; a page of lines must stay small enough to show. */
export const longestLine = 64 * 1024

export interface StoredLog {
  readonly lines: number
  readonly bytes: number
}

/**
 * Archive the log of a job: its lines, redacted already, without their `\n`. Storing it again replaces it; a stream that
 * breaks off leaves what was there before. One chunk is held in memory at a time.
 */
export async function storeLog(
  db: Database,
  jobId: string,
  lines: AsyncIterable<string> | Iterable<string>,
  storedAt: Date,
): Promise<StoredLog> {
  return inTransaction(db, async (tx) => {
    await tables(tx).deleteFrom('job_logs').where('job_id', '=', jobId).execute()
    await tables(tx).insertInto('job_logs').values({ job_id: jobId, lines: 0, bytes: 0, stored_at: storedAt }).execute()
    const total = { lines: 0, bytes: 0 }
    for await (const chunk of inChunks(lines)) {
      const text = Buffer.from(chunk.join('\n'))
      await tables(tx)
        .insertInto('job_log_chunks')
        .values({ job_id: jobId, first_line: total.lines + 1, lines: chunk.length, gzip: await pack(text) })
        .execute()
      total.lines += chunk.length
      total.bytes += text.length + 1
    }
    await tables(tx).updateTable('job_logs').set(total).where('job_id', '=', jobId).execute()
    return total
  })
}

/** How many lines the log of a job has; undefined when none is kept. */
export async function logLength(db: Database, jobId: string): Promise<number | undefined> {
  const log = await tables(db).selectFrom('job_logs').select('lines').where('job_id', '=', jobId).executeTakeFirst()
  return log?.lines
}

/** Lines `from` (the first is 1) to `from + count - 1`, as many as there are; undefined when no log is kept. */
export async function readLogLines(
  db: Database,
  jobId: string,
  from: number,
  count: number,
): Promise<{ readonly from: number; readonly lines: readonly string[]; readonly total: number } | undefined> {
  const total = await logLength(db, jobId)
  if (total === undefined) return undefined
  const chunks = await tables(db)
    .selectFrom('job_log_chunks')
    .select(['first_line', 'gzip'])
    .where('job_id', '=', jobId)
    .where('first_line', '<', from + count)
    .where(sql<boolean>`first_line + lines > ${from}`)
    .orderBy('first_line')
    .execute()
  const lines: string[] = []
  for (const chunk of chunks) {
    const all = (await unpack(chunk.gzip)).toString().split('\n')
    lines.push(...all.slice(Math.max(0, from - chunk.first_line), from + count - chunk.first_line))
  }
  return { from, lines, total }
}

/** The whole log as text, a chunk at a time; undefined when no log is kept. */
export async function readWholeLog(db: Database, jobId: string): Promise<AsyncIterable<string> | undefined> {
  return (await logLength(db, jobId)) === undefined ? undefined : eachChunk(db, jobId)
}

/** Of these jobs, the ones whose log is kept. */
export async function jobsWithLog(db: Database, jobIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (jobIds.length === 0) return new Set()
  const rows = await tables(db).selectFrom('job_logs').select('job_id').where('job_id', 'in', jobIds).execute()
  return new Set(rows.map((row) => row.job_id))
}

async function* eachChunk(db: Database, jobId: string): AsyncIterable<string> {
  let after = 0
  for (;;) {
    const chunk = await tables(db)
      .selectFrom('job_log_chunks')
      .select(['first_line', 'gzip'])
      .where('job_id', '=', jobId)
      .where('first_line', '>', after)
      .orderBy('first_line')
      .limit(1)
      .executeTakeFirst()
    if (!chunk) return
    yield `${(await unpack(chunk.gzip)).toString()}\n`
    after = chunk.first_line
  }
}

async function* inChunks(lines: AsyncIterable<string> | Iterable<string>): AsyncIterable<readonly string[]> {
  let chunk: string[] = []
  let characters = 0
  for await (const line of lines) {
    chunk.push(storable(line))
    characters += Math.min(line.length, longestLine) + 1
    if (characters < chunkCharacters) continue
    yield chunk
    chunk = []
    characters = 0
  }
  if (chunk.length > 0) yield chunk
}

function storable(line: string): string {
  if (line.length <= longestLine) return line
  return `${line.slice(0, longestLine)} … (cut: the line has ${line.length} characters)`
}

function inTransaction<T>(db: Database, body: (tx: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? body(db) : db.transaction().execute(body)
}

function tables(db: Database) {
  return db.withTables<LogTables>()
}

import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Generated } from 'kysely'
import { sql } from 'kysely'
import { newId } from '../../base/ids.ts'
import type { Database } from '../../engine/database/database.ts'
import { transaction } from '../../engine/database/transaction.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

type LogTables = {
  job_logs: { job_id: string; log_id: string; lines: number; bytes: number; stored_at: Date }
  job_log_chunks: {
    job_id: string
    log_id: string
    first_line: number
    lines: number
    gzip: Buffer
    stored_at: Generated<Date>
  }
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
 * Archive the log of a job: its lines, redacted already, without their `\n`. Storing it again replaces it, but for one
 * that was stored at `keepSince` or later: somebody may be reading that. A stream that breaks off leaves what was there
 * before. One chunk is held in memory at a time. Not to be called in a transaction: it may take long, and all readers of
 * the event log would wait for it.
 */
export async function storeLog(
  db: Database,
  jobId: string,
  lines: AsyncIterable<string> | Iterable<string>,
  storedAt: Date,
  { keepSince }: { readonly keepSince?: Date | undefined } = {},
): Promise<StoredLog> {
  const logId = newId()
  try {
    const total = await writeChunks(db, { job_id: jobId, log_id: logId }, lines)
    await show(db, { job_id: jobId, log_id: logId, ...total, stored_at: storedAt }, keepSince)
    return total
  } catch (error) {
    // Should this fail too, the next storing of the same log sweeps.
    await removeChunks(db, jobId, logId).catch(() => undefined)
    throw error
  }
}

async function writeChunks(
  db: Database,
  log: { readonly job_id: string; readonly log_id: string },
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<StoredLog> {
  const total = { lines: 0, bytes: 0 }
  for await (const chunk of inChunks(lines)) {
    const text = Buffer.from(chunk.join('\n'))
    await tables(db)
      .insertInto('job_log_chunks')
      .values({ ...log, first_line: total.lines + 1, lines: chunk.length, gzip: await pack(text) })
      .execute()
    total.lines += chunk.length
    total.bytes += text.length + 1
  }
  return total
}

/** From here on this is the log; what was shown before, and what a process that died left half written, goes. */
async function show(db: Database, log: LogTables['job_logs'], keepSince: Date | undefined): Promise<void> {
  await transaction(db, async (tx) => {
    const before = await tables(tx)
      .selectFrom('job_logs')
      .select('log_id')
      .where('job_id', '=', log.job_id)
      .forUpdate()
      .executeTakeFirst()
    const shown = await tables(tx)
      .insertInto('job_logs')
      .values(log)
      .onConflict((conflict) => {
        const replaced = conflict.column('job_id').doUpdateSet(log)
        return keepSince === undefined ? replaced : replaced.where('job_logs.stored_at', '<', keepSince)
      })
      .executeTakeFirst()
    if (shown.numInsertedOrUpdatedRows === 0n) return await removeChunks(tx, log.job_id, log.log_id)
    if (before) await removeChunks(tx, log.job_id, before.log_id)
    await tables(tx)
      .deleteFrom('job_log_chunks')
      .where('job_id', '=', log.job_id)
      .where('log_id', '<>', log.log_id)
      .where(sql<boolean>`stored_at < now() - interval '1 hour'`)
      .execute()
  })
}

async function removeChunks(db: Database, jobId: string, logId: string): Promise<void> {
  await tables(db).deleteFrom('job_log_chunks').where('job_id', '=', jobId).where('log_id', '=', logId).execute()
}

/** How many lines the log of a job has; undefined when none is kept. */
export async function logLength(db: Database, jobId: string): Promise<number | undefined> {
  return (await findLog(db, jobId))?.lines
}

/** Lines `from` (the first is 1) to `from + count - 1`, as many as there are; undefined when no log is kept. */
export async function readLogLines(
  db: Database,
  jobId: string,
  from: number,
  count: number,
): Promise<{ readonly from: number; readonly lines: readonly string[]; readonly total: number } | undefined> {
  const log = await findLog(db, jobId)
  if (!log) return undefined
  const chunks = await tables(db)
    .selectFrom('job_log_chunks')
    .select(['first_line', 'gzip'])
    .where('job_id', '=', jobId)
    .where('log_id', '=', log.log_id)
    .where('first_line', '<', from + count)
    .where(sql<boolean>`first_line + lines > ${from}`)
    .orderBy('first_line')
    .execute()
  const lines: string[] = []
  for (const chunk of chunks) {
    const all = (await unpack(chunk.gzip)).toString().split('\n')
    lines.push(...all.slice(Math.max(0, from - chunk.first_line), from + count - chunk.first_line))
  }
  return { from, lines, total: log.lines }
}

/** The whole log as text, a chunk at a time; undefined when no log is kept. */
export async function readWholeLog(db: Database, jobId: string): Promise<AsyncIterable<string> | undefined> {
  const log = await findLog(db, jobId)
  return log && eachChunk(db, log)
}

/** Of these jobs, the ones whose log is kept. */
export async function jobsWithLog(db: Database, jobIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (jobIds.length === 0) return new Set()
  const rows = await tables(db).selectFrom('job_logs').select('job_id').where('job_id', 'in', jobIds).execute()
  return new Set(rows.map((row) => row.job_id))
}

async function findLog(db: Database, jobId: string): Promise<LogTables['job_logs'] | undefined> {
  return await tables(db).selectFrom('job_logs').selectAll().where('job_id', '=', jobId).executeTakeFirst()
}

async function* eachChunk(db: Database, log: LogTables['job_logs']): AsyncIterable<string> {
  let after = 0
  for (;;) {
    const chunk = await tables(db)
      .selectFrom('job_log_chunks')
      .select(['first_line', 'gzip'])
      .where('job_id', '=', log.job_id)
      .where('log_id', '=', log.log_id)
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

function tables(db: Database) {
  return db.withTables<LogTables>()
}

import { sql } from 'kysely'
import type { Database } from '../database/database.ts'

/** A process that runs flows, as the others see it. */
export interface Process {
  readonly id: string
  readonly host: string
  readonly pid: number
  /** Start time of the process: tells it from its pid's next owner. */
  readonly pidStarted: string | undefined
}

type Tables = { processes: { id: string; host: string; pid: number; pid_started: string | null; beat: number } }

const tables = (db: Database) => db.withTables<Tables>()

/** Show that this process lives. */
export async function countUp(db: Database, { id, host, pid, pidStarted }: Process): Promise<void> {
  await sql`insert into processes (id, host, pid, pid_started) values (${id}, ${host}, ${pid}, ${pidStarted ?? null})
    on conflict (id) do update set beat = processes.beat + 1`.execute(db)
}

export async function otherProcesses(
  db: Database,
  self: string,
): Promise<readonly (Process & { readonly beat: number })[]> {
  const rows = await tables(db).selectFrom('processes').selectAll().where('id', '!=', self).execute()
  return rows.map(({ id, host, pid, pid_started, beat }) => ({
    id,
    host,
    pid,
    pidStarted: pid_started ?? undefined,
    beat,
  }))
}

/** Until the transaction ends; false if another watcher has it. */
export async function lockProcess(tx: Database, id: string): Promise<boolean> {
  const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${id}, 7)) as got`.execute(
    tx,
  )
  return lock.rows[0]?.got === true
}

/** Flows that the process was running when it was last heard. */
export async function flowsOf(db: Database, id: string): Promise<readonly string[]> {
  const left = await sql<{ id: string }>`select workflow_uuid as id from dbos.workflow_status
    where status = 'PENDING' and executor_id = ${id}`.execute(db)
  return left.rows.map((row) => row.id)
}

export async function forgetProcess(db: Database, id: string): Promise<void> {
  await tables(db).deleteFrom('processes').where('id', '=', id).execute()
}

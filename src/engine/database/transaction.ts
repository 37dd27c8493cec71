import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from './database.ts'
import { sqlState } from './sql-errors.ts'

const triesAtMost = 6

/**
 * Runs `body` in one transaction; inside another transaction it simply joins it. When PostgreSQL undoes it because it
 * crossed another one, `body` runs again, so it must have no effect but on the database.
 */
export async function transaction<T>(db: Database, body: (tx: Database) => Promise<T>): Promise<T> {
  if (db.isTransaction) return body(db)
  return await uncrossed(() => db.transaction().execute(body))
}

/** The same for a single statement, which is a transaction by itself. */
export async function uncrossed<T>(statement: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await statement()
    } catch (error) {
      if (!isConflictOfTransactions(error) || tried === triesAtMost) throw error
      await pause(Math.random() * 5 * 2 ** tried)
    }
  }
}

/** Two transactions crossed; PostgreSQL undid this one, and it may simply run again. */
export function isConflictOfTransactions(error: unknown): boolean {
  return sqlState(error) === '40001' || sqlState(error) === '40P01'
}

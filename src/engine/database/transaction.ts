import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from './database.ts'
import { isConflictOfTransactions } from './sql-errors.ts'

const triesAtMost = 6

/**
 * Runs `body` in one transaction; inside another transaction it simply joins it. When PostgreSQL undoes it because it
 * crossed another one, `body` runs again, so it must have no effect but on the database.
 */
export async function transaction<T>(db: Database, body: (tx: Database) => Promise<T>): Promise<T> {
  if (db.isTransaction) return body(db)
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(body)
    } catch (error) {
      if (!isConflictOfTransactions(error) || tried === triesAtMost) throw error
      await pause(Math.random() * 5 * 2 ** tried)
    }
  }
}

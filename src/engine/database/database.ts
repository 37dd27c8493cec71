import type { Kysely } from 'kysely'
import type { Pool } from 'pg'

/**
 * A database handle or a transaction on it. It knows no tables: each room's `memory.ts` names its own with
 * `db.withTables<{ … }>()`, so no room can touch another's by accident.
 */
// biome-ignore lint/complexity/noBannedTypes: the empty set of tables is meant
export type Database = Kysely<{}>

export interface Store {
  readonly db: Database
  readonly pool: Pool
  readonly url: string
  close(): Promise<void>
}

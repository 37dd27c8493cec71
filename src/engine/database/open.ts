import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { Invalid, Unavailable } from '../../base/errors.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Store } from './database.ts'
import { isLostConnection, sqlState } from './sql-errors.ts'

const firstConnectionLimitMs = 15_000
const oldestVersion = 15

/** Opens a database by its URL and waits a bounded time for its first answer. */
export async function openStore(
  url: string,
  options: { readonly logger: Logger; readonly max?: number | undefined },
): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 20,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // A forgotten transaction would hold back every reader of the event log.
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'mendline',
    types: { getTypeParser },
  })
  // Without a listener an idle connection that breaks would end the process; the pool replaces it by itself.
  pool.on('error', (error) => {
    if (!pool.ending) options.logger.warn({ err: error }, 'an idle database connection was lost')
  })
  // The same for a connection in use, between two queries of a transaction; the next query fails and says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  // biome-ignore lint/complexity/noBannedTypes: the empty set of tables is meant
  const db = new Kysely<{}>({ dialect: new PostgresDialect({ pool }) })
  try {
    await firstAnswer(pool, describeTarget(url))
  } catch (error) {
    await db.destroy()
    throw error
  }
  return { db, pool, url, close: () => db.destroy() }
}

/** Counts and positions as numbers: all of ours stay far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')

async function firstAnswer(pool: pg.Pool, target: string): Promise<void> {
  const deadline = performance.now() + firstConnectionLimitMs
  for (;;) {
    try {
      const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num')
      return requireVersion(Number(rows[0]?.server_version_num), target)
    } catch (error) {
      if (error instanceof Invalid) throw error
      const why = error instanceof Error ? error.message || sqlState(error) : String(error)
      if (!isLostConnection(error)) throw new Invalid(`cannot use the database ${target}: ${why}`, { cause: error })
      if (performance.now() > deadline) {
        throw new Unavailable(
          `cannot reach the database ${target} within ${firstConnectionLimitMs / 1_000} s: ${why}; is it running, and is its address right?`,
          { cause: error },
        )
      }
      await pause(100)
    }
  }
}

function requireVersion(version: number, target: string): void {
  const major = Math.floor(version / 10_000)
  if (major >= oldestVersion) return
  throw new Invalid(`the database ${target} is PostgreSQL ${major}; Mendline needs ${oldestVersion} or newer`)
}

/** For messages: never the password. */
function describeTarget(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url)
    return `${pathname.slice(1) || 'postgres'} at ${searchParams.get('host') ?? hostname}:${port || '5432'}`
  } catch (cause) {
    throw new Invalid('the database URL cannot be read: it should look like postgres://user:password@host:5432/name', {
      cause,
    })
  }
}

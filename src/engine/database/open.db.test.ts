import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { Invalid } from '../../base/errors.ts'
import { silentLogger } from '../telemetry/logger.ts'
import type { Store } from './database.ts'
import { openStore } from './open.ts'
import { isLostConnection } from './sql-errors.ts'
import { transaction } from './transaction.ts'

let store: Store
beforeAll(async () => {
  store = await testStore()
  await sql`create table counters (name text primary key, n int not null)`.execute(store.db)
  await sql`insert into counters values ('a', 0), ('b', 0)`.execute(store.db)
})

test('a wrong password or database is said at once, without the password', async () => {
  const wrong = new URL(store.url)
  wrong.password = 'hunter2'
  const refused = await openStore(wrong.href, { logger: silentLogger() }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Invalid)
  expect(String(refused)).toMatch(
    /cannot use the database test_\w+ at 127\.0\.0\.1:\d+: password authentication failed/,
  )
  expect(String(refused)).not.toContain('hunter2')
  const nowhere = new URL(store.url)
  nowhere.pathname = '/nowhere'
  await expect(openStore(nowhere.href, { logger: silentLogger() })).rejects.toThrow('database "nowhere" does not exist')
  await expect(openStore('not a url', { logger: silentLogger() })).rejects.toThrow('should look like postgres://')
})

test('big numbers of the database are numbers', async () => {
  const { rows } = await sql`select 9007199254740991::bigint as big, count(*) as n from counters`.execute(store.db)
  expect(rows).toEqual([{ big: Number.MAX_SAFE_INTEGER, n: 2 }])
})

test('transactions that block each other are run again until both are done', async () => {
  const bothHold = barrier(2)
  const raise = (first: string, second: string) =>
    transaction(store.db, async (tx) => {
      await sql`update counters set n = n + 1 where name = ${first}`.execute(tx)
      await bothHold()
      await sql`update counters set n = n + 1 where name = ${second}`.execute(tx)
    })
  await Promise.all([raise('a', 'b'), raise('b', 'a')])
  const { rows } = await sql`select n from counters`.execute(store.db)
  expect(rows).toEqual([{ n: 2 }, { n: 2 }])
})

test('any other error undoes the transaction and is thrown once', async () => {
  let tries = 0
  const failing = transaction(store.db, async (tx) => {
    tries += 1
    await sql`update counters set n = 100`.execute(tx)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(tries).toBe(1)
  expect((await sql`select 1 from counters where n = 100`.execute(store.db)).rows).toEqual([])
})

test('inside a transaction another one joins it', async () => {
  const undone = store.db.transaction().execute(async (outer) => {
    await transaction(outer, (inner) => sql`update counters set n = 200`.execute(inner))
    throw new Error('outer')
  })
  await expect(undone).rejects.toThrow('outer')
  expect((await sql`select 1 from counters where n = 200`.execute(store.db)).rows).toEqual([])
})

test('what a lost connection is, and what is not', async () => {
  const refused = await sql`select nonsense`.execute(store.db).catch((error: unknown) => error)
  expect(isLostConnection(refused)).toBe(false)
  const killed = store.db.connection().execute(async (own) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(own)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(own)
  })
  expect(isLostConnection(await killed.catch((error: unknown) => error))).toBe(true)
  expect(isLostConnection(new Error('wrapped', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }))).toBe(
    true,
  )
  expect(isLostConnection(undefined)).toBe(false)
})

/** Resolves for the first `parties` callers when they are all there, and for later ones at once. */
function barrier(parties: number): () => Promise<void> {
  let arrived = 0
  const all = Promise.withResolvers<void>()
  return async () => {
    arrived += 1
    if (arrived >= parties) all.resolve()
    await all.promise
  }
}

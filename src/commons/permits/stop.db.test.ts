import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { Unavailable } from '../../base/errors.ts'
import type { Store } from '../../engine/database/database.ts'
import { engageStop, readStop, readStopFile, releaseStop, stopFilePath, writeStopFile } from './stop.ts'

let store: Store
let dataDir: string
const order = { by: 'mo', why: 'fire', since: new Date('2026-03-04T10:00:00Z') }

beforeAll(async () => {
  store = await testStore()
})
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stop-'))
})

async function stopEvents(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from events where type like 'stop.%'`.execute(
    store.db,
  )
  return rows[0]?.n ?? 0
}

test('engaged it says who, why and since when; released it is as before; twice changes nothing', async () => {
  const before = await stopEvents()
  expect(await readStop(dataDir, store.db)).toEqual({ kind: 'released' })
  expect(await engageStop(dataDir, store.db, order)).toEqual({ kind: 'engaged', ...order })
  expect(await engageStop(dataDir, store.db, { ...order, by: 'jo' })).toEqual({ kind: 'engaged', ...order })
  expect(await stopEvents()).toBe(before + 1)
  expect(await releaseStop(dataDir, store.db, 'mo')).toEqual({ kind: 'released' })
  expect(await releaseStop(dataDir, store.db, 'mo')).toEqual({ kind: 'released' })
  expect(await stopEvents()).toBe(before + 2)
})

test('another machine obeys the database although it has no file', async () => {
  await engageStop(dataDir, store.db, order)
  const elsewhere = await mkdtemp(join(tmpdir(), 'stop-'))
  expect(await readStop(elsewhere, store.db)).toEqual({ kind: 'engaged', ...order })
  await releaseStop(dataDir, store.db, 'mo')
})

test('with the database down the file still stops, and without a file nothing is known', async () => {
  const down = await testStore()
  await down.pool.query('alter table stop_switch rename to gone')
  expect(await readStop(dataDir, down.db)).toMatchObject({ kind: 'unknown', why: expect.stringMatching(/database/) })
  await expect(engageStop(dataDir, down.db, order)).rejects.toThrow(Unavailable)
  expect(await readStop(dataDir, down.db)).toEqual({ kind: 'engaged', ...order })
})

test('a switch without its row is unknown, not released', async () => {
  const odd = await testStore()
  await odd.pool.query('delete from stop_switch')
  expect((await readStop(dataDir, odd.db)).kind).toBe('unknown')
})

test.each([
  ['empty', ''],
  ['broken', '{"by":'],
  ['another shape', '[1]'],
])('a stop file that is %s stops all the same', async (_about, text) => {
  await writeFile(stopFilePath(dataDir), text)
  expect((await readStopFile(dataDir)).kind).toBe('engaged')
})

test('a stop file that cannot be read is unknown', async () => {
  await mkdir(stopFilePath(dataDir))
  expect((await readStopFile(dataDir)).kind).toBe('unknown')
})

test('the file is written whole, by whoever may write the folder', async () => {
  await chmod(dataDir, 0o700)
  await Promise.all(Array.from({ length: 5 }, () => writeStopFile(dataDir, order)))
  expect(await readStopFile(dataDir)).toEqual({ kind: 'engaged', ...order })
})

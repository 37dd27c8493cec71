import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import type { Store } from './database.ts'
import { checkSchema, migrate } from './migrate.ts'

let store: Store
let folder: string
beforeEach(async () => {
  store = await testStore()
  await sql`drop table schema_migrations`.execute(store.db)
  folder = mkdtempSync(join(tmpdir(), 'mendline-migrations-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('our own migrations are in place in every test database', async () => {
  const own = await testStore()
  expect(await migrate(own)).toEqual([])
  const { rows } = await sql<{ name: string }>`select name from schema_migrations order by name`.execute(own.db)
  expect(rows[0]?.name).toBe('0001_eventlog.sql')
})

test('new migrations are applied in order, once', async () => {
  write('0002_b.sql', 'insert into a values (2);')
  write('0001_a.sql', 'create table a (n int); insert into a values (1);')
  expect(await migrate(store, folder)).toEqual(['0001_a.sql', '0002_b.sql'])
  expect(await migrate(store, folder)).toEqual([])
  write('0003_c.sql', 'insert into a values (3);')
  expect(await migrate(store, folder)).toEqual(['0003_c.sql'])
  expect(await numbers()).toEqual([1, 2, 3])
})

test('two processes may migrate at once', async () => {
  write('0001_a.sql', 'create table a (n int);')
  for (let n = 2; n < 8; n++) write(`000${n}_x.sql`, `insert into a values (${n});`)
  const applied = await Promise.all([migrate(store, folder), migrate(store, folder), migrate(store, folder)])
  expect(applied.flat().toSorted()).toHaveLength(7)
  expect(await numbers()).toEqual([2, 3, 4, 5, 6, 7])
})

test('a migration that fails is undone and named; those before it stay', async () => {
  write('0001_a.sql', 'create table a (n int);')
  write('0002_b.sql', 'insert into a values (1); select nonsense;')
  await expect(migrate(store, folder)).rejects.toThrow(/^migration 0002_b\.sql failed and was undone: .*nonsense/)
  expect(await numbers()).toEqual([])
  write('0002_b.sql', 'insert into a values (2);')
  expect(await migrate(store, folder)).toEqual(['0002_b.sql'])
})

test.for([
  ['changed', ['0001_a.sql'], 'migration 0001_a.sql was changed after it was applied'],
  ['unknown', ['0001_a.sql', '0009_z.sql'], 'the database has migration 0009_z.sql, which this Mendline does not know'],
] as const)('a history that is %s stops the start', async ([what, applied, message]) => {
  for (const name of applied) write(name, 'select 1;')
  await migrate(store, folder)
  if (what === 'changed') write('0001_a.sql', 'select 2;')
  else rmSync(join(folder, '0009_z.sql'))
  await expect(migrate(store, folder)).rejects.toThrow(message)
})

test.for([
  ['0001_a.sql', '1_b.sql', 'a migration is called 0042_what-it-does.sql'],
  ['0001_a.sql', '0001_b.sql', 'two migrations have the number 0001'],
])('bad names are refused before anything is applied: %s and %s', async ([first = '', second = '', message]) => {
  write(first, 'create table a (n int);')
  write(second, 'select 1;')
  await expect(migrate(store, folder)).rejects.toThrow(message)
  await expect(numbers()).rejects.toThrow('does not exist')
})

test('the shape of the database can be asked for, and one that falls behind the program is told', async () => {
  write('0001_a.sql', 'create table a (n int);')
  await migrate(store, folder)
  expect(await checkSchema(store, folder)).toBe('is at 0001_a.sql')
  write('0002_b.sql', 'insert into a values (1);')
  await expect(checkSchema(store, folder)).rejects.toThrow(/lacks 0002_b\.sql: run mendline migrate/)
})

test('a migration with a number below one that is applied is refused', async () => {
  write('0002_b.sql', 'select 1;')
  await migrate(store, folder)
  write('0001_a.sql', 'select 1;')
  await expect(migrate(store, folder)).rejects.toThrow('give it a higher number')
})

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

async function numbers(): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`select n from a order by n`.execute(store.db)
  return rows.map(({ n }) => n)
}

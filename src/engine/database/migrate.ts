import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { Invalid, Terminal } from '../../base/errors.ts'
import type { Database, Store } from './database.ts'

const ownMigrations = fileURLToPath(new URL('../../../migrations', import.meta.url))

interface Migration {
  readonly name: string
  readonly text: string
  readonly sha256: string
}

/**
 * Brings the database to the newest shape and returns what it applied: numbered SQL files, forward only, each in a
 * transaction of its own. Several processes may do it at once.
 */
export async function migrate(store: Store, directory: string = ownMigrations): Promise<readonly string[]> {
  const migrations = await readMigrations(directory)
  const applied: string[] = []
  for (const migration of migrations) {
    if (await store.db.transaction().execute((tx) => apply(tx, migration, migrations))) applied.push(migration.name)
  }
  return applied
}

/** Says what shape the database has; throws when it is another than this program was written for. */
export async function checkSchema(store: Store, directory: string = ownMigrations): Promise<string> {
  const known = await readMigrations(directory)
  const { rows } = await sql<Applied>`select name, sha256 from schema_migrations order by name`.execute(store.db)
  compare(rows, known)
  const missing = known.filter(({ name }) => rows.every((row) => row.name !== name))
  if (missing.length > 0)
    throw new Invalid(`the database lacks ${missing.map(({ name }) => name).join(', ')}: run mendline migrate`)
  return `is at ${rows.at(-1)?.name ?? 'no migration'}`
}

async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  const numbers = names.map((name) => /^(\d{4})_[a-z0-9-]+\.sql$/.exec(name)?.[1])
  for (const [index, name] of names.entries()) {
    if (numbers[index] === undefined)
      throw new Invalid(`${join(directory, name)}: a migration is called 0042_what-it-does.sql`)
    if (numbers.indexOf(numbers[index]) !== index)
      throw new Invalid(`two migrations have the number ${numbers[index]} in ${directory}`)
  }
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(directory, name), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

async function apply(tx: Database, migration: Migration, known: readonly Migration[]): Promise<boolean> {
  // The lock lasts as long as the transaction, so it cannot be left behind and works through a connection pooler.
  await sql`select pg_advisory_xact_lock(hashtextextended('mendline.schema_migrations', 0))`.execute(tx)
  await sql`
    create table if not exists schema_migrations (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz not null default now()
    )`.execute(tx)
  const { rows } = await sql<Applied>`select name, sha256 from schema_migrations order by name`.execute(tx)
  compare(rows, known)
  if (rows.some((row) => row.name === migration.name)) return false
  const last = rows.at(-1)?.name
  if (last !== undefined && last > migration.name) {
    throw new Invalid(`migration ${migration.name} is new, but ${last} is applied already: give it a higher number`)
  }
  await sql
    .raw(migration.text)
    .execute(tx)
    .catch((cause) => {
      throw new Terminal(`migration ${migration.name} failed and was undone: ${cause.message}`, { cause })
    })
  await sql`insert into schema_migrations (name, sha256) values (${migration.name}, ${migration.sha256})`.execute(tx)
  return true
}

interface Applied {
  readonly name: string
  readonly sha256: string
}

function compare(applied: readonly Applied[], known: readonly Migration[]): void {
  for (const row of applied) {
    const migration = known.find(({ name }) => name === row.name)
    if (migration === undefined) {
      throw new Invalid(
        `the database has migration ${row.name}, which this Mendline does not know: start a newer Mendline`,
      )
    }
    if (migration.sha256 !== row.sha256) {
      throw new Invalid(
        `migration ${row.name} was changed after it was applied: restore the file, and change the schema by a new one`,
      )
    }
  }
}

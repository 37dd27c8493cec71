import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import type { Store } from '../src/engine/database/database.ts'
import { openStore } from '../src/engine/database/open.ts'
import { silentLogger } from '../src/engine/telemetry/logger.ts'
import { query, templateName, withDatabase } from './database-server.ts'

const opened: { readonly store: Store; readonly drop: () => Promise<void> }[] = []

afterAll(async () => {
  for (const { store, drop } of opened.splice(0)) {
    await store.close()
    await drop()
  }
})

/** A database of its own with every table, empty; dropped after the test file. */
export async function testStore(): Promise<Store> {
  const response = await fetch(inject('databaseDoor'))
  const url = await response.text()
  if (!response.ok) throw new Error(`the test database did not start: ${url}`)
  const name = `test_${randomBytes(6).toString('hex')}`
  await query(url, `create database ${name} template ${templateName} strategy file_copy`)
  const store = await openStore(withDatabase(url, name), { logger: silentLogger(), max: 10 })
  opened.push({ store, drop: () => query(url, `drop database if exists ${name} with (force)`) })
  return store
}

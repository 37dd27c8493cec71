import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testStore } from '../../../test/database.ts'
import type { NewEvent, StoredEvent } from '../../model/events.ts'
import type { Store } from '../database/database.ts'
import { silentLogger } from '../telemetry/logger.ts'
import { append } from './append.ts'
import { settledEnd } from './memory.ts'
import { createTail, type Tail } from './tail.ts'

let store: Store
let tail: Tail
beforeEach(async () => {
  store = await testStore()
})
afterEach(() => tail.stop())

test('a screen hears what happens from now on, in order', async () => {
  await settle(await append(store.db, [pushed('before')]))
  tail = openTail()
  const screen = watch(null)
  await screen.heard('ready')
  await append(store.db, [pushed('a'), pushed('b')])
  await screen.heard('b')
  expect(screen.all()).toEqual(['ready', 'a', 'b'])
  expect(tail.latest()).toBe(screen.last())
})

test('a screen that comes back hears what it missed, then what happens', async () => {
  tail = openTail()
  const first = watch(null)
  await first.heard('ready')
  await append(store.db, [pushed('a')])
  await first.heard('a')
  first.leave()
  await append(store.db, [pushed('b'), pushed('c')])
  const second = watch(first.last())
  await append(store.db, [pushed('d')])
  await second.heard('d')
  expect(second.all()).toEqual(['ready', 'b', 'c', 'd'])
  expect(first.all()).toEqual(['ready', 'a'])
})

test('a screen that missed too much, or names a place that is not in the log, is told so', async () => {
  const many = Array.from({ length: 1_200 }, (_, n) => pushed(`m${n}`))
  const stored = await append(store.db, many)
  await settle(stored)
  tail = openTail()
  const late = watch(stored[0]?.position ?? null)
  await late.heard('gap')
  expect(late.last()).toBe(stored.at(-1)?.position)
  const lost = watch(10 ** 9)
  await lost.heard('gap')
  const near = watch(stored.at(-3)?.position ?? null)
  await near.heard('m1199')
  expect(near.all()).toEqual(['ready', 'm1198', 'm1199'])
})

test('an event with a lower place that is committed later is not missed', async () => {
  tail = openTail()
  const screen = watch(null)
  await screen.heard('ready')
  const slow = Promise.withResolvers<void>()
  const appended = Promise.withResolvers<void>()
  const first = store.db.transaction().execute(async (tx) => {
    await append(tx, [pushed('slow')])
    appended.resolve()
    await slow.promise
  })
  await appended.promise
  await append(store.db, [pushed('fast')])
  slow.resolve()
  await first
  await screen.heard('fast')
  expect(screen.all()).toEqual(['ready', 'slow', 'fast'])
})

test('a listener that throws is left out, the others hear on', async () => {
  tail = openTail()
  tail.subscribe({ after: null }, () => {
    throw new Error('broken screen')
  })
  const screen = watch(null)
  await screen.heard('ready')
  await append(store.db, [pushed('a')])
  await screen.heard('a')
})

test('the tail survives the loss of its connections', async () => {
  tail = openTail()
  const screen = watch(null)
  await screen.heard('ready')
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(store.db)
  await vi.waitFor(() => append(store.db, [pushed('after')]), { timeout: 5_000 })
  await screen.heard('after')
  expect(screen.all()).toEqual(['ready', 'after'])
})

/** Transactions of other tests on the same server hold back what is readable for a moment. */
async function settle(stored: readonly StoredEvent[]): Promise<void> {
  const last = stored.at(-1)?.position
  await vi.waitUntil(async () => (await settledEnd(store.db)).position === last, { timeout: 10_000, interval: 2 })
}

function openTail(): Tail {
  return createTail(store, { logger: silentLogger() })
}

function watch(after: number | null) {
  const heard: { readonly what: string; readonly position: number }[] = []
  const leave = tail.subscribe({ after }, (message) => {
    const position = message.kind === 'event' ? message.event.position : message.position
    heard.push({ what: message.kind === 'event' ? message.event.subject : message.kind, position })
  })
  return {
    leave,
    all: () => heard.map(({ what }) => what),
    last: () => heard.at(-1)?.position ?? 0,
    heard: (wanted: string) =>
      vi.waitUntil(() => heard.some(({ what }) => what === wanted), { timeout: 5_000, interval: 2 }),
  }
}

function pushed(subject: string): NewEvent {
  const data = { connection: 'gh', repository: subject, ref: 'refs/heads/main', before: 'a', after: 'b' }
  return { type: 'push.received', subject, data }
}

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testStore } from '../../../test/database.ts'
import type { NewEvent, StoredEvent } from '../../model/events.ts'
import type { Database, Store } from '../database/database.ts'
import { silentLogger } from '../telemetry/logger.ts'
import { append } from './append.ts'
import { listDead, sendAgain } from './dead.ts'
import { readerLags } from './memory.ts'
import { createReader, type Reader, type ReaderOptions } from './reader.ts'

let store: Store
const readers: Reader[] = []
beforeEach(async () => {
  store = await testStore()
  await sql`create table taken (place bigint generated always as identity, position bigint, subject text)`.execute(
    store.db,
  )
})
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.stop()))
})

test('a reader takes every event once, from the beginning of the log, in order', async () => {
  await append(store.db, [pushed('a'), pushed('b')])
  const reader = startReader()
  await append(store.db, [pushed('c')])
  await reader.caughtUp()
  expect(await taken()).toEqual(['a', 'b', 'c'])
})

test('an event is taken within moments of its commit', async () => {
  const reader = startReader()
  await reader.caughtUp()
  const before = performance.now()
  await append(store.db, [pushed('quick')])
  await vi.waitUntil(async () => (await taken()).length === 1, { interval: 2, timeout: 5_000 })
  expect(performance.now() - before).toBeLessThan(1_000)
})

test('a reader hears only the types it asked for, and passes the others', async () => {
  await append(store.db, [pushed('a'), { type: 'stop.released', subject: 'stop', data: { by: 'me' } }, pushed('b')])
  const reader = startReader({ types: ['stop.released'] })
  await reader.caughtUp()
  expect(await taken()).toEqual(['stop'])
  expect(await readerLags(store.db)).toEqual([{ reader: 'test', events: 0 }])
})

test('another reader goes on where the last one with its name stopped', async () => {
  await append(store.db, [pushed('a')])
  const first = startReader()
  await first.caughtUp()
  await first.stop()
  await append(store.db, [pushed('b')])
  await startReader().caughtUp()
  expect(await taken()).toEqual(['a', 'b'])
})

test('what an undone batch wrote is undone with it', async () => {
  let failures = 0
  await append(store.db, [pushed('a'), pushed('b')])
  const reader = startReader({
    handle: async (tx, events) => {
      await note(tx, events)
      if (failures++ < 2) throw new Error('not yet')
    },
  })
  await reader.caughtUp()
  expect(await taken()).toEqual(['a', 'b'])
  expect(await listDead(store.db)).toEqual([])
})

test('an event that nothing can take is set aside, the others are taken, and it can be sent again', async () => {
  let broken = true
  await append(store.db, [pushed('a'), pushed('poison'), pushed('b')])
  const reader = startReader({
    handle: async (tx, events) => {
      await note(tx, events)
      if (broken && events.some((event) => event.subject === 'poison')) throw new TypeError('cannot\0 take it')
    },
  })
  await reader.caughtUp()
  expect(await taken()).toEqual(['a', 'b'])
  const [dead] = await listDead(store.db)
  expect(dead).toMatchObject({ reader: 'test', event: { subject: 'poison' }, failures: 5 })
  expect(dead?.error).toBe('TypeError: cannot\ufffd take it')

  const position = dead?.event.position ?? 0
  await sendAgain(store.db, 'test', position)
  await vi.waitUntil(async () => (await listDead(store.db))[0]?.failures === 6, { interval: 5, timeout: 5_000 })
  broken = false
  await sendAgain(store.db, 'test', position)
  await vi.waitUntil(async () => (await listDead(store.db)).length === 0, { interval: 5, timeout: 5_000 })
  expect(await taken()).toEqual(['a', 'b', 'poison'])
  await expect(sendAgain(store.db, 'test', position)).rejects.toThrow('not among its dead events')
})

test('killing every connection, again and again, loses nothing and doubles nothing', async () => {
  const reader = startReader({ batchSize: 7 })
  const subjects = Array.from({ length: 300 }, (_, n) => `s${n}`)
  for (let n = 0; n < subjects.length; n += 20) {
    await retried(() => append(store.db, subjects.slice(n, n + 20).map(pushed)))
    await retried(() => killOthers(store))
  }
  await retried(() => reader.caughtUp())
  expect(await taken()).toEqual(subjects)
})

/** A writer's transactions, one after another. */
const writer = fc.array(
  fc.record({
    events: fc.integer({ min: 1, max: 4 }),
    holdMs: fc.integer({ min: 0, max: 25 }),
    undone: fc.boolean(),
    restMs: fc.integer({ min: 0, max: 8 }),
  }),
  { minLength: 1, maxLength: 5 },
)

test('whatever order transactions commit in, two readers together take each committed event once, in an order that fits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(writer, { minLength: 2, maxLength: 5 }), async (writers) => {
      await sql`truncate events, event_readers, dead_events, taken`.execute(store.db)
      const both = [startReader({ batchSize: 3 }), startReader({ batchSize: 5 })]
      const commits: { readonly beganMs: number; readonly endedMs: number; readonly subjects: string[] }[] = []
      await Promise.all(
        writers.map(async (transactions, w) => {
          for (const [t, { events, holdMs, undone, restMs }] of transactions.entries()) {
            const subjects = Array.from({ length: events }, (_, e) => `${w}.${t}.${e}`)
            const beganMs = performance.now()
            const done = await write(subjects, holdMs, undone)
            if (done) commits.push({ beganMs, endedMs: performance.now(), subjects })
            await new Promise((resolve) => setTimeout(resolve, restMs))
          }
        }),
      )
      await Promise.all(both.map((reader) => reader.caughtUp()))
      await Promise.all(both.map((reader) => reader.stop()))
      const order = await taken()
      expect(order.toSorted()).toEqual(commits.flatMap(({ subjects }) => subjects).toSorted())
      const place = new Map(order.map((subject, index) => [subject, index]))
      const at = (subject: string | undefined): number => place.get(subject ?? '') ?? Number.NaN
      for (const { subjects } of commits) expect(subjects.map(at)).toEqual(subjects.map(at).toSorted((a, b) => a - b))
      for (const a of commits) {
        for (const b of commits) {
          if (a.endedMs < b.beganMs) expect(at(a.subjects.at(-1))).toBeLessThan(at(b.subjects[0]))
        }
      }
    }),
    { numRuns: 12 },
  )
})

function startReader(options: Partial<ReaderOptions> = {}): Reader {
  const reader = createReader(store, { name: 'test', logger: silentLogger(), handle: note, ...options })
  readers.push(reader)
  reader.start()
  return reader
}

async function note(tx: Database, events: readonly StoredEvent[]): Promise<void> {
  for (const { position, subject } of events) {
    await sql`insert into taken (position, subject) values (${position}, ${subject})`.execute(tx)
  }
}

async function taken(): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`select subject from taken order by place`.execute(store.db)
  return rows.map(({ subject }) => subject)
}

async function write(subjects: readonly string[], holdMs: number, undone: boolean): Promise<boolean> {
  try {
    await store.db.transaction().execute(async (tx) => {
      await append(tx, subjects.map(pushed))
      await sql`select pg_sleep(${holdMs / 1_000})`.execute(tx)
      if (undone) throw new Error('undone')
    })
    return true
  } catch {
    return false
  }
}

async function killOthers({ db }: Store): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(db)
}

/** A killed connection fails the query that was on it; what was asked is asked again. */
async function retried<T>(ask: () => Promise<T>): Promise<T> {
  return vi.waitFor(ask, { timeout: 10_000, interval: 5 })
}

function pushed(subject: string): NewEvent {
  const data = { connection: 'gh', repository: subject, ref: 'refs/heads/main', before: 'a', after: 'b' }
  return { type: 'push.received', subject, data, dedupeKey: subject }
}

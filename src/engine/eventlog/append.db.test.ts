import { beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import type { NewEvent } from '../../model/events.ts'
import type { Store } from '../database/database.ts'
import { append } from './append.ts'
import { find, page } from './page.ts'

let store: Store
beforeAll(async () => {
  store = await testStore()
})

function pushed(subject: string, extra: Partial<Pick<NewEvent, 'time' | 'dedupeKey' | 'correlation'>> = {}): NewEvent {
  const data = { connection: 'gh', repository: subject, ref: 'refs/heads/main', before: 'a', after: 'b' }
  return { type: 'push.received', subject, data, ...extra }
}

test('events come back as they were stored, in the order given', async () => {
  const stored = await append(store.db, [pushed('o/one'), pushed('o/two'), pushed('o/three')])
  expect(stored.map((event) => event.subject)).toEqual(['o/one', 'o/two', 'o/three'])
  expect(stored.map((event) => event.position)).toEqual(stored.map((event) => event.position).toSorted((a, b) => a - b))
  expect(stored.map((event) => event.id)).toEqual(stored.map((event) => event.id).toSorted())
  expect(stored[0]?.correlation).toBe(stored[0]?.id)
  for (const event of stored) expect(await find(store.db, event.id)).toEqual(event)
})

test('nothing is nothing', async () => {
  expect(await append(store.db, [])).toEqual([])
})

test('a second append with the same key is dropped, also within one batch and against one that is not committed yet', async () => {
  const first = await append(store.db, [pushed('d', { dedupeKey: 'k1' }), pushed('d', { dedupeKey: 'k1' })])
  expect(first).toHaveLength(1)
  expect(await append(store.db, [pushed('d', { dedupeKey: 'k1' }), pushed('d', { dedupeKey: 'k2' })])).toHaveLength(1)
  const racing = await Promise.all(
    Array.from({ length: 8 }, () =>
      store.db.transaction().execute((tx) => append(tx, [pushed('d', { dedupeKey: 'k3' })])),
    ),
  )
  expect(racing.flat()).toHaveLength(1)
  expect(await page(store.db, { subject: 'd', limit: 10 })).toHaveLength(3)
})

test('an undone transaction leaves no event', async () => {
  const undone = store.db.transaction().execute(async (tx) => {
    await append(tx, [pushed('undone')])
    throw new Error('no')
  })
  await expect(undone).rejects.toThrow('no')
  expect(await page(store.db, { subject: 'undone', limit: 10 })).toEqual([])
})

test('nothing happened in the future, and a clock that makes no sense is not believed', async () => {
  const past = new Date('2026-01-01T00:00:00Z')
  const times = [new Date('2999-01-01'), new Date(Number.NaN), past, new Date(-1), undefined]
  const stored = await append(
    store.db,
    times.map((time) => pushed('t', { time })),
  )
  for (const event of stored) expect(event.time.getTime()).toBeLessThanOrEqual(event.recordedAt.getTime())
  expect(stored[2]?.time).toEqual(past)
  expect(stored[3]?.time).toEqual(new Date(0))
})

test('text from outside that jsonb refuses is kept with replacement characters', async () => {
  const hostile = 'zero\0 half\ud800 other\udc00 emoji\u{1f600} literal\\u0000 \u202e'
  const [stored] = await append(store.db, [
    { type: 'delivery.quarantined', subject: hostile, data: { connection: 'c', delivery: 'd', reason: hostile } },
  ])
  const kept = 'zero\ufffd half\ufffd other\ufffd emoji\u{1f600} literal\\u0000 \u202e'
  expect(stored?.subject).toBe(kept)
  expect((await find(store.db, stored?.position ?? 0))?.data).toMatchObject({ reason: kept })
})

test('pages go back newest first, by type, subject and correlation', async () => {
  const chain = await append(store.db, [
    pushed('p', { correlation: 'chain' }),
    pushed('p'),
    pushed('q', { correlation: 'chain' }),
  ])
  await append(store.db, [{ type: 'stop.released', subject: 'p', data: { by: 'me' } }])
  const newest = await page(store.db, { subject: 'p', limit: 2 })
  expect(newest.map((event) => event.type)).toEqual(['stop.released', 'push.received'])
  const next = await page(store.db, { subject: 'p', before: newest[1]?.position, limit: 2 })
  expect(next.map((event) => event.id)).toEqual([chain[0]?.id])
  expect(await page(store.db, { types: ['stop.released'], limit: 5 })).toHaveLength(1)
  expect((await page(store.db, { correlation: 'chain', limit: 5 })).map((event) => event.subject)).toEqual(['q', 'p'])
})

test('what was never there is not found', async () => {
  expect(await find(store.db, 'not an id')).toBeUndefined()
  expect(await find(store.db, 10 ** 12)).toBeUndefined()
  expect(await find(store.db, 0.5)).toBeUndefined()
})

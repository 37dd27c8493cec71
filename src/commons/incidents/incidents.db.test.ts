import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { Conflict, NotFound } from '../../base/errors.ts'
import type { Store } from '../../engine/database/database.ts'
import { findIncident, listIncidents, type NewIncident, openIncident, resolveIncident } from './index.ts'

let store: Store
beforeAll(async () => {
  store = await testStore()
})

function hang(key: string): NewIncident {
  return {
    key,
    title: 'Job test hangs',
    severity: 'high',
    runId: 'gh/1',
    healing: 'heal:gh/1:1',
    evidence: ['No output for 10 m.'],
  }
}

async function eventsOf(incident: string): Promise<readonly string[]> {
  const { rows } = await sql<{
    type: string
  }>`select type from events where subject = ${incident} order by position`.execute(store.db)
  return rows.map((row) => row.type)
}

test('one cause is one incident, also when many open it at once; each further sight is counted', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => openIncident(store.db, hang('a'))))
  const ids = new Set(opened.map((incident) => incident.id))
  expect(ids.size).toBe(1)
  const id = [...ids][0] ?? ''
  expect(await eventsOf(id)).toEqual(['incident.opened'])
  const found = await findIncident(store.db, id)
  expect(found).toMatchObject({
    state: 'open',
    severity: 'high',
    runId: 'gh/1',
    healing: 'heal:gh/1:1',
    resolvedAt: null,
  })
  expect(found?.evidence).toEqual(['No output for 10 m.', expect.stringMatching(/^Seen 8 times/)])
})

test('resolved, it is closed for good; the same cause later is a new incident', async () => {
  const { id } = await openIncident(store.db, hang('b'))
  const resolved = await resolveIncident(store.db, id, { by: 'mo', why: 'the lock is gone' })
  expect(resolved.state).toBe('resolved')
  expect(await eventsOf(id)).toEqual(['incident.opened', 'incident.resolved'])
  await expect(resolveIncident(store.db, id, { by: 'jo', why: 'again' })).rejects.toThrow(Conflict)
  const again = await openIncident(store.db, hang('b'))
  expect(again.id).not.toBe(id)
  expect((await listIncidents(store.db, { state: 'resolved' })).map((incident) => incident.id)).toContain(id)
  expect((await listIncidents(store.db, { state: 'open' })).map((incident) => incident.id)).toContain(again.id)
})

test('an incident that is not there cannot be resolved', async () => {
  await expect(resolveIncident(store.db, 'nope', { by: 'mo', why: 'x' })).rejects.toThrow(NotFound)
})

test('state and event share one transaction: rolled back, neither is there', async () => {
  const failing = store.db.transaction().execute(async (tx) => {
    await openIncident(tx, hang('c'))
    throw new Error('crash')
  })
  await expect(failing).rejects.toThrow('crash')
  expect((await listIncidents(store.db)).filter((incident) => incident.title !== 'Job test hangs')).toEqual([])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from incidents where key = 'c'`.execute(store.db)
  expect(rows[0]?.n).toBe(0)
})

test('hostile evidence is bounded and kept as plain text', async () => {
  const { id } = await openIncident(store.db, {
    ...hang('d'),
    title: 'a\nb\t<script>',
    evidence: Array.from({ length: 50 }, () => `\0${'x'.repeat(9_000)}`),
  })
  const found = await findIncident(store.db, id)
  expect(found?.title).toBe('a b <script>')
  expect(found?.evidence).toHaveLength(20)
  expect(Math.max(...(found?.evidence.map((line) => line.length) ?? []))).toBe(2_000)
})

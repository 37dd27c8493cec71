import { sql } from 'kysely'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { type Clock, systemClock } from '../../base/clock.ts'
import type { Store } from '../database/database.ts'
import { silentLogger } from '../telemetry/logger.ts'
import { startFlow } from './queue.ts'
import { createTakeover, type Takeover } from './takeover.ts'

let store: Store
const running: Takeover[] = []
beforeAll(async () => {
  store = await testStore()
})
afterEach(async () => {
  for (const takeover of running.splice(0)) await takeover.stop()
})

async function watcher(processId: string, resumed: string[][], clock: Clock = systemClock): Promise<void> {
  const takeover = createTakeover({
    db: store.db,
    processId,
    clock,
    logger: silentLogger(),
    everyMs: 20,
    deadAfterMs: 300,
    resume: async (flowIds) => {
      resumed.push([...flowIds])
      await sql`update dbos.workflow_status set status = 'ENQUEUED', executor_id = null
        where workflow_uuid = any(${flowIds})`.execute(store.db)
    },
  })
  running.push(takeover)
  await takeover.start()
}

/** A process that took a flow and is not heard again. */
async function leave(processId: string, host: string, pid: number, flowId: string): Promise<void> {
  await sql`insert into processes (id, host, pid, pid_started) values (${processId}, ${host}, ${pid}, '1')`.execute(
    store.db,
  )
  await startFlow(store.db, { name: 'left' }, {}, { id: flowId })
  await sql`update dbos.workflow_status set status = 'PENDING', executor_id = ${processId}
    where workflow_uuid = ${flowId}`.execute(store.db)
}

describe('the flows of a process', () => {
  test('on another machine go on elsewhere once its beat stands still, and only once for many watchers', async () => {
    await leave('far', 'another-host', 1, 'flow-far')
    const resumed: string[][] = []
    await Promise.all([watcher('a', resumed), watcher('b', resumed), watcher('c', resumed)])
    await expect.poll(() => resumed, { timeout: 5_000 }).toEqual([['flow-far']])
    await expect
      .poll(async () => (await sql`select 1 from processes where id = 'far'`.execute(store.db)).rows.length)
      .toBe(0)
    expect(resumed).toHaveLength(1)
  })

  test('stay where they are while its beat goes on', async () => {
    await leave('busy', 'another-host', 1, 'flow-busy')
    const beats = setInterval(
      () => void sql`update processes set beat = beat + 1 where id = 'busy'`.execute(store.db),
      50,
    )
    const resumed: string[][] = []
    await watcher('d', resumed)
    const seenMs = performance.now()
    await expect.poll(() => performance.now() - seenMs, { timeout: 3_000 }).toBeGreaterThan(900)
    clearInterval(beats)
    expect(resumed).toEqual([])
  })

  test('stay where they are when nobody could look for a while', async () => {
    await leave('unseen', 'another-host', 1, 'flow-unseen')
    let nowMs = 0
    const resumed: string[][] = []
    await watcher('f', resumed, { ...systemClock, monotonicMs: () => nowMs })
    const beatOf = async (id: string) =>
      (await sql<{ beat: number }>`select beat from processes where id = ${id}`.execute(store.db)).rows[0]?.beat ?? 0
    await expect.poll(() => beatOf('f')).toBeGreaterThan(2)
    nowMs += 60_000
    const then = await beatOf('f')
    await expect.poll(() => beatOf('f')).toBeGreaterThan(then + 2)
    expect(resumed.flat()).not.toContain('flow-unseen')
  })

  test('on this machine go on at once when its pid is gone or belongs to somebody else', async () => {
    const { hostname } = await import('node:os')
    await leave('gone', hostname(), 2 ** 22 - 1, 'flow-gone')
    await leave('reused', hostname(), process.pid, 'flow-reused')
    const resumed: string[][] = []
    await watcher('e', resumed)
    await expect.poll(() => resumed.flat().sort(), { timeout: 250 }).toEqual(['flow-gone', 'flow-reused'])
  })
})

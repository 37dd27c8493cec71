import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { systemClock } from '../../base/clock.ts'
import { Unavailable } from '../../base/errors.ts'
import type { Store } from '../database/database.ts'
import { silentLogger } from '../telemetry/logger.ts'
import { flow } from './flow.ts'
import { createFlows, type Flows, sendAgain, stuckFlows } from './flows.ts'
import { startFlow, tellFlow } from './queue.ts'

const done: string[] = []
let flaky = 2
let broken = true

const greet = flow('greet', async (name: string, at) => {
  const hello = await at.step('hello', async () => `hello ${name}`)
  await at.sleep('nap', 10)
  done.push(hello)
})
const patient = flow('patient', async (_: null, at) => {
  const news = await at.wait<{ yes: boolean }>('answer', 60_000)
  const late = await at.wait<unknown>('never', 50)
  done.push(`answer ${news?.yes} late ${late}`)
})
const trying = flow('trying', async (_: null, at) => {
  await at.step(
    'flaky',
    async () => {
      flaky -= 1
      if (flaky >= 0) throw new Unavailable('not yet')
    },
    { pauseMs: 10 },
  )
  done.push('tried')
})
const failing = flow('failing', async (_: null, at) => {
  const first = await at.step('first', async () => {
    done.push('first')
    return 1
  })
  await at.step('second', async () => {
    if (broken) throw new Error('the second step is broken')
  })
  done.push(`after ${first}`)
})

let atOnce = 0
let mostAtOnce = 0
const busy = flow('busy', async (_: null, at) => {
  await at.step('work', async () => {
    atOnce += 1
    mostAtOnce = Math.max(mostAtOnce, atOnce)
    await pause(20)
    atOnce -= 1
  })
  done.push('busy')
})

let store: Store
let flows: Flows
beforeAll(async () => {
  store = await testStore()
  flows = createFlows({
    store,
    processId: 'test',
    flows: [greet, patient, trying, failing, busy],
    clock: systemClock,
    logger: silentLogger(),
    concurrency: 2,
  })
  await flows.launch()
})
afterAll(async () => await flows.stop())

describe('a flow', () => {
  test('started in a transaction runs, and not if the transaction is undone', async () => {
    await store.db.transaction().execute(async (tx) => {
      await startFlow(tx, greet, 'you', { id: 'greet-1' })
      await startFlow(tx, greet, 'you', { id: 'greet-1' })
    })
    await expect(
      store.db.transaction().execute(async (tx) => {
        await startFlow(tx, greet, 'nobody', { id: 'greet-2' })
        throw new Error('undo')
      }),
    ).rejects.toThrow('undo')
    await expect.poll(() => done.filter((line) => line.startsWith('hello')), { timeout: 10_000 }).toEqual(['hello you'])
  })

  test('waits for what it is told, once, and gives up waiting at the limit', async () => {
    await startFlow(store.db, patient, null, { id: 'patient-1' })
    expect(await tellFlow(store.db, 'patient-1', 'answer', { yes: true }, 'k')).toBe(true)
    expect(await tellFlow(store.db, 'patient-1', 'answer', { yes: false }, 'k')).toBe(true)
    expect(await tellFlow(store.db, 'nobody', 'answer', {}, 'k')).toBe(false)
    await expect.poll(() => done, { timeout: 10_000 }).toContain('answer true late undefined')
  })

  test('that waits keeps no other from running, and of those that work only so many do so at once', async () => {
    for (let n = 0; n < 5; n += 1) await startFlow(store.db, patient, null, { id: `waiting-${n}` })
    for (let n = 0; n < 6; n += 1) await startFlow(store.db, busy, null, { id: `busy-${n}` })
    await expect.poll(() => done.filter((line) => line === 'busy').length, { timeout: 10_000 }).toBe(6)
    expect(mostAtOnce).toBe(2)
  })

  test('tries a step again while something is unavailable', async () => {
    await startFlow(store.db, trying, null, { id: 'trying-1' })
    await expect.poll(() => done, { timeout: 10_000 }).toContain('tried')
  })

  test('that failed for good is seen, and goes on at the step that failed when it is sent again', async () => {
    await startFlow(store.db, failing, null, { id: 'failing-1' })
    await expect
      .poll(async () => (await stuckFlows(store)).map((stuck) => stuck.id), { timeout: 10_000 })
      .toEqual(['failing-1'])
    expect((await stuckFlows(store))[0]?.error).toBe('the second step is broken')
    broken = false
    await sendAgain(store, 'failing-1')
    await expect.poll(() => done, { timeout: 10_000 }).toContain('after 1')
    expect(done.filter((line) => line === 'first')).toHaveLength(1)
    await expect(sendAgain(store, 'failing-1')).rejects.toThrow('is not stuck')
  })
})

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { systemClock } from '../../base/clock.ts'
import { silentLogger } from '../telemetry/logger.ts'
import { flow } from './flow.ts'
import { createFlows } from './flows.ts'
import { startFlow, tellFlow } from './queue.ts'

test('a flow that waits when its process is stopped in order goes on in the next one', async () => {
  const store = await testStore()
  const done: string[] = []
  const waits = flow('waits', async (_: null, at) => {
    await at.step('first', async () => void done.push('first'))
    await at.wait('news', 60_000)
    done.push('after the news')
  })
  const launch = async (processId: string) => {
    const flows = createFlows({ store, processId, flows: [waits], clock: systemClock, logger: silentLogger() })
    await flows.launch()
    return flows
  }
  const before = await launch('before')
  await startFlow(store.db, waits, null, { id: 'waits-1' })
  await expect.poll(() => done, { timeout: 10_000 }).toEqual(['first'])
  await before.stop()
  // Both live in this test's process; that the first has ended must be said.
  await sql`update processes set pid = ${2 ** 22 - 1} where id = 'before'`.execute(store.db)
  await tellFlow(store.db, 'waits-1', 'news', {}, 'k')

  const after = await launch('after')
  await expect.poll(() => done, { timeout: 10_000 }).toEqual(['first', 'after the news'])
  await after.stop()
  expect((await sql`select id from processes`.execute(store.db)).rows).toEqual([])
})

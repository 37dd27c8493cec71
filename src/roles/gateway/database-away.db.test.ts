import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { startEmbedded } from '../../engine/database/embedded.ts'
import { migrate } from '../../engine/database/migrate.ts'
import { openStore } from '../../engine/database/open.ts'
import { silentLogger } from '../../engine/telemetry/logger.ts'
import { deliver, jobPayload, signed, startGateway } from './gateway.fixture.ts'

const logger = silentLogger()
const dir = await mkdtemp(join(tmpdir(), 'mendline-away-'))
const server = await startEmbedded({ dir, logger })
const store = await openStore(server.url, { logger, max: 6 })
await migrate(store)
const { gateway, url } = await startGateway(store)
afterAll(async () => {
  await gateway.close()
  await store.close()
  await server.stop()
  await rm(dir, { recursive: true, force: true })
})

/** As a sender that comes again until it is taken. */
async function untilTaken(one: ReturnType<typeof signed>): Promise<readonly number[]> {
  const statuses: number[] = []
  for (;;) {
    const response = await deliver(url, one)
    await response.arrayBuffer()
    statuses.push(response.status)
    if (response.status < 300) return statuses
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  }
}

it('when PostgreSQL is killed under load, what was acknowledged is kept, the rest is told to come again, and comes', async () => {
  const deliveries = Array.from({ length: 400 }, (_, index) =>
    signed('workflow_job', jobPayload({ id: 5_000 + index })),
  )
  let answered = 0
  const { promise: underWay, resolve: halfway } = Promise.withResolvers<void>()
  const senders = Array.from({ length: 16 }, async (_, sender) => {
    const statuses: number[] = []
    for (const one of deliveries.filter((_, index) => index % 16 === sender)) {
      statuses.push(...(await untilTaken(one)))
      answered += 1
      if (answered === 100) halfway()
    }
    return statuses
  })
  await underWay
  process.kill(server.pid, 'SIGKILL')
  const statuses = (await Promise.all(senders)).flat()

  expect(statuses.filter((status) => status < 300)).toHaveLength(400)
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(0)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from events where type = 'job.reported'`.execute(store.db)
  expect(rows[0]?.n).toBe(400)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
}, 90_000)

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from '../src/engine/database/embedded.ts'
import { migrate } from '../src/engine/database/migrate.ts'
import { openStore } from '../src/engine/database/open.ts'
import { silentLogger } from '../src/engine/telemetry/logger.ts'
import { openClient, requestBytes } from './intake/client.ts'
import { jobDelivery } from './intake/payloads.ts'
import { familyMs } from './intake/processor.ts'
import { keepResult, machine, quantile, round, workFolder } from './measure.ts'

/**
 * Webhook → durable 2xx, against a bare insert of the same bytes into the same PostgreSQL: the same driver, the same
 * number of connections, one row and one commit each, in alternating rounds of one run. Everything shares the machine:
 * PostgreSQL, the gateway in its own process, and this process, which plays both clients; the insert is the one that needs
 * no server between. Rates depend on who else uses the machine, so the processor time of each part is told as well.
 */
const connections = 64
const rounds = 9
const perRound = 4_000
const openLoop = { perSecond: 500, seconds: 20 }
const goal = { ratio: 0.6, p99Ms: 50 }

const dir = await mkdtemp(workFolder('intake'))
const server = await startEmbedded({ dir, logger: silentLogger() })
const store = await openStore(server.url, { logger: silentLogger(), max: 2 })
await migrate(store)
await store.pool.query('create table bare (id bigserial primary key, body bytea not null)')
await store.pool.query('create table bare_plain (id bigserial primary key, body bytea not null)')
await store.pool.query('alter table bare_plain alter column body set storage external')

const gateway = fork(new URL('./intake/gateway-process.ts', import.meta.url), {
  env: { ...process.env, BENCH_DATABASE: server.url },
})
const [url] = (await once(gateway, 'message')) as [string]
const clients = await Promise.all(Array.from({ length: connections }, () => openClient(url)))
const writers = await Promise.all(
  Array.from({ length: connections }, async () => {
    const writer = new pg.Client({ connectionString: server.url })
    await writer.connect()
    return writer
  }),
)

let serial = 0
const deliveries = (count: number) => Array.from({ length: count }, () => jobDelivery(serial++))

try {
  const rates = { hooks: [] as number[], bare: [] as number[], barePlain: [] as number[] }
  const used = { hooks: nothingUsed(), bare: nothingUsed() }
  let bytes = 0
  await hooks(deliveries(3_000))
  await inserts('bare', deliveries(1_500))
  for (let turn = 1; turn <= rounds; turn++) {
    const batch = deliveries(perRound)
    bytes = Math.round(batch.reduce((sum, { body }) => sum + body.length, 0) / batch.length)
    rates.bare.push(await accounted(used.bare, () => inserts('bare', batch)))
    rates.hooks.push(await accounted(used.hooks, () => hooks(batch)))
    rates.barePlain.push(await inserts('bare_plain', batch))
    console.log(
      `round ${turn}: webhooks ${say(rates.hooks.at(-1))}/s, bare insert ${say(rates.bare.at(-1))}/s, uncompressed ${say(rates.barePlain.at(-1))}/s`,
    )
  }
  const latency = await steady(deliveries(openLoop.perSecond * openLoop.seconds))
  const kept = await store.pool.query<{ n: number }>('select count(*)::int as n from deliveries')
  const result = {
    what: 'webhook to durable 2xx, against a bare insert of the same bytes',
    at: new Date().toISOString(),
    machine: machine(),
    setting: {
      connections,
      rounds,
      perRound,
      averageBytes: bytes,
      fsync: (await store.pool.query('show fsync')).rows[0]?.fsync,
    },
    webhooksPerSecond: Math.round(median(rates.hooks)),
    bareInsertsPerSecond: Math.round(median(rates.bare)),
    bareUncompressedInsertsPerSecond: Math.round(median(rates.barePlain)),
    ratio: round(median(rates.hooks) / median(rates.bare)),
    ratioUncompressed: round(median(rates.hooks) / median(rates.barePlain)),
    ratioOfEachRound: rates.hooks.map((rate, turn) => round(rate / (rates.bare[turn] ?? Number.NaN))),
    processorMicros: { perWebhook: each(used.hooks), perBareInsert: each(used.bare) },
    openLoop: {
      ...openLoop,
      p50Ms: round(quantile(latency, 0.5)),
      p99Ms: round(quantile(latency, 0.99)),
      maxMs: round(quantile(latency, 1)),
    },
    keptDeliveries: kept.rows[0]?.n,
    goal,
  }
  keepResult('intake', result)
  const { perWebhook, perBareInsert } = result.processorMicros
  console.log(
    `webhooks ${result.webhooksPerSecond}/s, bare insert ${result.bareInsertsPerSecond}/s: ratio ${result.ratio} (reach ${goal.ratio}); uncompressed ${result.ratioUncompressed}`,
  )
  console.log(
    `processor time of a webhook: gateway ${perWebhook.gateway} µs, PostgreSQL ${perWebhook.postgres} µs, client ${perWebhook.client} µs; of a bare insert: PostgreSQL ${perBareInsert.postgres} µs, client ${perBareInsert.client} µs`,
  )
  console.log(
    `at ${openLoop.perSecond}/s: p50 ${result.openLoop.p50Ms} ms, p99 ${result.openLoop.p99Ms} ms (reach ${goal.p99Ms}); load average ${result.machine.loadAverage}`,
  )
} finally {
  for (const client of clients) client.close()
  gateway.disconnect()
  await Promise.all(writers.map((writer) => writer.end()))
  await store.close()
  await server.stop()
  await rm(dir, { recursive: true, force: true })
}

/** Milliseconds of processor, by who used them. */
type Used = Record<'gateway' | 'postgres' | 'client', number>

function nothingUsed(): Used {
  return { gateway: 0, postgres: 0, client: 0 }
}

async function accounted<T>(used: Used, work: () => Promise<T>): Promise<T> {
  const before = usedSoFar()
  const result = await work()
  const after = usedSoFar()
  for (const part of ['gateway', 'postgres', 'client'] as const) used[part] += after[part] - before[part]
  return result
}

function usedSoFar(): Used {
  const { user, system } = process.cpuUsage()
  return { gateway: familyMs(gateway.pid ?? 0), postgres: familyMs(server.pid), client: (user + system) / 1_000 }
}

/** Microseconds for each of all that were sent. */
function each(used: Used): Used {
  const micros = (ms: number) => Math.round((ms * 1_000) / (rounds * perRound))
  return { gateway: micros(used.gateway), postgres: micros(used.postgres), client: micros(used.client) }
}

type Deliveries = ReturnType<typeof deliveries>

/** All of them over all connections as fast as they are answered; the rate. */
async function hooks(batch: Deliveries): Promise<number> {
  const requests = batch.map(({ headers, body }) => requestBytes('/hooks/github/acme', headers, body))
  return await rateOf(requests, clients, async (client, request) => {
    const status = await client.send(request)
    if (status !== 202) throw new Error(`a webhook was answered ${status}`)
  })
}

async function inserts(table: 'bare' | 'bare_plain', batch: Deliveries): Promise<number> {
  const query = { name: table, text: `insert into ${table} (body) values ($1)` }
  return await rateOf(batch, writers, async (writer, { body }) => {
    await writer.query({ ...query, values: [body] })
  })
}

async function rateOf<T, W>(work: readonly T[], workers: readonly W[], each: (worker: W, one: T) => Promise<void>) {
  const begin = performance.now()
  let next = 0
  await Promise.all(
    workers.map(async (worker) => {
      for (let one = work[next++]; one !== undefined; one = work[next++]) await each(worker, one)
    }),
  )
  return (work.length * 1_000) / (performance.now() - begin)
}

/** Open loop: each is due at its own time, and its latency counts from then, whoever was late. */
async function steady(batch: Deliveries): Promise<readonly number[]> {
  const requests = batch.map(({ headers, body }) => requestBytes('/hooks/github/acme', headers, body))
  const free = [...clients]
  const waiting: (() => void)[] = []
  const latencies: number[] = []
  const begin = performance.now()
  await Promise.all(
    requests.map(async (request, index) => {
      const due = begin + (index * 1_000) / openLoop.perSecond
      await pause(Math.max(0, due - performance.now()))
      while (free.length === 0) await new Promise<void>((resolve) => waiting.push(resolve))
      const client = free.pop()
      if (!client) throw new Error('no connection is free')
      await client.send(request)
      latencies.push(performance.now() - due)
      free.push(client)
      waiting.shift()?.()
    }),
  )
  return latencies
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

function say(rate: number | undefined): string {
  return Math.round(rate ?? Number.NaN).toLocaleString('en')
}

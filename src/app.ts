import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connection } from './adapters/connection.ts'
import { systemClock } from './base/clock.ts'
import { newId } from './base/ids.ts'
import { listIncidents, resolveIncident } from './commons/incidents/index.ts'
import { createPermits } from './commons/permits/door.ts'
import { stopView } from './commons/permits/present.ts'
import { engageStop, readStop, releaseStop } from './commons/permits/stop.ts'
import { pipelines } from './commons/pipelines/index.ts'
import type { PipelineHooks } from './commons/pipelines/projection.ts'
import type { Config, Role } from './config.ts'
import { connect, nativeConnection } from './connections.ts'
import type { Store } from './engine/database/database.ts'
import { startEmbedded } from './engine/database/embedded.ts'
import { checkSchema, migrate } from './engine/database/migrate.ts'
import { openStore } from './engine/database/open.ts'
import { createTail } from './engine/eventlog/tail.ts'
import { type Boundary, createFlows, migrateFlows, sendAgain, stuckFlows } from './engine/flows/flows.ts'
import { tellFlow } from './engine/flows/queue.ts'
import { createCounting } from './engine/telemetry/counting.ts'
import type { Logger } from './engine/telemetry/logger.ts'
import { createMetrics } from './engine/telemetry/metrics.ts'
import { createTracing } from './engine/telemetry/tracing.ts'
import { createAutonomy } from './loops/heal/autonomy.ts'
import { createFamilies } from './loops/heal/families.ts'
import { createHealings } from './loops/heal/healings.ts'
import { createHeal, type HealDeps } from './loops/heal/index.ts'
import { redactText } from './loops/heal/logs/redact.ts'
import { createCurrentModels } from './loops/heal/models/current.ts'
import { createModels } from './loops/heal/models/versions.ts'
import { createPermitDesk } from './loops/heal/permit-desk.ts'
import { loadSecrets, type Secrets } from './secrets.ts'

/** One process of an installation: the rooms it needs, built by hand in order, stopped in the reverse order. */
export interface App {
  /** Address of the gateway, when this process has that role. */
  readonly url: string | undefined
  readonly store: Store
  readonly secrets: Secrets
  readonly connections: ReadonlyMap<string, Connection>
  /** Resolves only if the database cannot be brought back any more: then this process is of no use. */
  readonly lost: Promise<Error>
  close(): Promise<void>
}

export interface AppOptions {
  readonly logger: Logger
  /** Called at every step boundary of every flow: where the tests that kill processes stand. */
  readonly onBoundary?: (boundary: Boundary) => void
}

export async function startApp(config: Config, { logger, onBoundary }: AppOptions): Promise<App> {
  await using starting = new AsyncDisposableStack()
  const has = (role: Role) => config.roles.includes(role)
  const clock = systemClock
  const metrics = createMetrics()
  const secrets = loadSecrets(config.dataDir)

  const server = config.databaseUrl === undefined ? await startEmbedded({ dir: config.dataDir, logger }) : undefined
  if (server !== undefined) starting.defer(() => server.stop())
  const url = config.databaseUrl ?? server?.url ?? ''
  const store = await openStore(url, { logger })
  starting.defer(() => store.close())
  await migrate(store)
  await migrateFlows(url)

  const connections = connect(config, secrets, { db: store.db, clock, logger, redact: redactText })
  const permits = createPermits({
    store,
    dataDir: config.dataDir,
    clock,
    redact: redactText,
    tell: async (db, flowId, topic, news) =>
      void (await tellFlow(db, flowId, topic, news, `${news.permit} ${news.state}`)),
  })
  const current = createCurrentModels({ store, logger })
  const healDeps: HealDeps = { store, connections, permits, clock, metrics, current }
  const heal = createHeal(healDeps)

  const tracing = await createTracing({ endpoint: config.otlpEndpoint, logger })
  starting.defer(() => tracing.stop())

  // First of all: a port that is taken should cost nobody a start of everything else.
  const address = has('gateway') ? await openGateway() : undefined
  const gateway = { url: address ?? config.gatewayUrl, connection: nativeConnection, secret: secrets.nativeHook }

  if (has('worker')) {
    const { createBuild } = await import('./roles/runner/service/build-flow.ts')
    const { createWorker } = await import('./roles/worker/worker.ts')
    const processId = newId()
    const build = createBuild(store, nativeConnection, { clock, labels: [] })
    const flows = createFlows({
      store,
      processId,
      flows: [heal.flow, build.flow],
      clock,
      logger,
      ...(onBoundary && { onBoundary }),
    })
    const traced: PipelineHooks = {
      onRunEnded: async (tx, run) => tracing.runEnded(run, await pipelines.jobsOf(tx, run.id, run.attempt)),
    }
    const worker = createWorker({ store, flows, hears: [build.hooks, heal.hooks, traced], logger })
    await worker.start()
    starting.defer(() => worker.stop())
    const counting = createCounting({ store, metrics, logger })
    counting.start()
    starting.defer(() => counting.stop())
  }

  if (has('scheduler')) {
    const { createScheduler } = await import('./roles/scheduler/scheduler.ts')
    const scheduler = createScheduler({
      store,
      connections: [...connections.values()],
      permits,
      pollEveryMs: config.pollEveryMs,
      clock,
      logger,
    })
    scheduler.start()
    starting.defer(() => scheduler.stop())
  }
  if (has('runner')) {
    const { createRunnerRole } = await import('./roles/runner/role.ts')
    const runner = createRunnerRole({
      store,
      gateway,
      config: config.runner,
      dir: join(config.dataDir, 'runner'),
      clock,
      logger,
    })
    runner.start()
    starting.defer(() => runner.stop())
  }

  const running = starting.move()
  const lost = server?.lost ?? new Promise<Error>(() => undefined)
  return { url: address, store, secrets, connections, lost, close: () => running.disposeAsync() }

  async function openGateway(): Promise<string> {
    const { createGateway } = await import('./roles/gateway/index.ts')
    const tail = createTail(store, { logger })
    starting.defer(() => tail.stop())
    const autonomy = createAutonomy(healDeps)
    const door = await createGateway({
      store,
      tail,
      logger,
      clock,
      token: secrets.token,
      redact: redactText,
      dashboard,
      checks: [{ name: 'schema', look: () => checkSchema(store) }],
      connections: () => [...connections.values()],
      webhooks: metrics,
      metrics: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
      healings: createHealings(healDeps),
      families: createFamilies(healDeps),
      models: createModels(healDeps),
      permits: createPermitDesk(healDeps),
      autonomy: {
        view: () => autonomy.view(),
        choose: (choice) => permits.chooseMode(choice),
      },
      stop: {
        read: async () => stopView(await readStop(config.dataDir, store.db)),
        engage: async (by, why) =>
          stopView(await engageStop(config.dataDir, store.db, { by, why, since: clock.now() })),
        release: async (by) => stopView(await releaseStop(config.dataDir, store.db, by)),
      },
      incidents: {
        list: (wanted) => listIncidents(store.db, wanted),
        resolve: (id, by, why) => resolveIncident(store.db, id, { by, why }, clock.now()),
      },
      flows: {
        list: async () => (await stuckFlows(store)).map((flow) => ({ ...flow, since: flow.since.toISOString() })),
        again: (id) => sendAgain(store, id),
      },
    })
    const bound = await door.listen({ host: config.host, port: config.port })
    starting.defer(() => door.close())
    announce(config.dataDir, bound, starting)
    return bound
  }
}

const dashboard = fileURLToPath(new URL('../web/dist', import.meta.url))

/** Where commands on this machine find the gateway. */
function announce(dataDir: string, url: string, starting: AsyncDisposableStack): void {
  const path = join(dataDir, 'gateway.json')
  writeFileSync(path, `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 })
  starting.defer(() => rmSync(path, { force: true }))
}

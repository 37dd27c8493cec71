import { hostname } from 'node:os'
import type { Gateway } from '../../adapters/native/deliver.ts'
import { createSender } from '../../adapters/native/outbox/sender.ts'
import type { Clock } from '../../base/clock.ts'
import { every } from '../../base/every.ts'
import { createHttpClient } from '../../base/http-client.ts'
import type { Store } from '../../engine/database/database.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'
import type { JobDefaults } from './service/job-request.ts'
import { pollRefs } from './service/poll-refs.ts'
import { createRunner } from './service/runner.ts'

export interface RunnerRole {
  start(): void
  stop(): Promise<void>
}

const lookAtRefsEveryMs = 5_000

/** The runner: performs jobs, brings their reports to the gateway, and looks after repositories whose pushes got lost. */
export function createRunnerRole(deps: {
  readonly store: Store
  readonly gateway: Gateway
  readonly config: JobDefaults & { readonly slots: number; readonly toolPath: readonly string[] }
  readonly dir: string
  readonly clock: Clock
  readonly logger: Logger
}): RunnerRole {
  const { gateway, clock, logger, dir, config } = deps
  const { db } = deps.store
  const { connection } = gateway
  const http = createHttpClient()
  const runner = createRunner({
    db,
    connection,
    name: hostname(),
    slots: config.slots,
    dir,
    defaults: config,
    toolPath: config.toolPath,
    clock,
    logger,
  })
  const sender = createSender({ db, gateway, http, logger })
  const refs = every(
    lookAtRefsEveryMs,
    () => pollRefs({ db, connection, http, logger }),
    (error) => logger.warn({ err: error }, 'could not look at the repositories; trying again'),
  )
  return {
    start() {
      sender.start()
      runner.start()
      refs.start()
    },
    async stop() {
      await refs.stop()
      await runner.stop()
      await sender.flush().catch(() => 0)
      await sender.stop()
    },
  }
}

import type { Connection } from '../../adapters/connection.ts'
import type { Clock } from '../../base/clock.ts'
import { every } from '../../base/every.ts'
import type { Permits } from '../../commons/permits/permits.ts'
import { pipelines } from '../../commons/pipelines/index.ts'
import type { Store } from '../../engine/database/database.ts'
import { transaction } from '../../engine/database/transaction.ts'
import { append } from '../../engine/eventlog/append.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'
import { createPoller } from './poller.ts'

export interface Scheduler {
  start(): void
  stop(): Promise<void>
}

const tickEveryMs = 2_000
const forgetEveryMs = 6 * 3_600_000
/** Vendors send a delivery again for days, not for a month. */
const rememberedMs = 30 * 24 * 3_600_000

/** The scheduler: what must happen by itself, again and again. Several may run; nothing happens twice for it. */
export function createScheduler(deps: {
  readonly store: Store
  readonly connections: readonly Connection[]
  readonly permits: Permits
  readonly pollEveryMs: number
  readonly clock: Clock
  readonly logger: Logger
}): Scheduler {
  const { store, permits, clock, logger } = deps
  const poller = createPoller({
    // Our own build service reports through its outbox, which loses nothing.
    connections: deps.connections.filter((connection) => connection.vendor !== 'native'),
    everyMs: deps.pollEveryMs,
    clock,
    logger,
    append: (events) => transaction(store.db, async (tx) => void (await append(tx, events))),
    marks: {
      read: (connection, repository) => pipelines.pollMark(store.db, connection, repository),
      write: (connection, repository, at) => pipelines.setPollMark(store.db, connection, repository, at),
    },
  })
  const ticking = every(
    tickEveryMs,
    () => permits.tick(),
    (error) => logger.warn({ err: error }, 'could not look after waiting permits; trying again'),
  )
  const forgetting = every(
    forgetEveryMs,
    () => pipelines.forgetDeliveries(store.db, new Date(clock.now().getTime() - rememberedMs)),
    (error) => logger.warn({ err: error }, 'could not forget old deliveries; trying again'),
  )
  return {
    start() {
      poller.start()
      ticking.start()
      forgetting.start()
    },
    async stop() {
      await forgetting.stop()
      await ticking.stop()
      await poller.stop()
    },
  }
}

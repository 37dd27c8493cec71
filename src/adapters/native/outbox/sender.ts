import type { HttpClient } from '../../../base/http-client.ts'
import { pauseAfter, realPause } from '../../../base/retry.ts'
import type { Database } from '../../../engine/database/database.ts'
import { transaction } from '../../../engine/database/transaction.ts'
import type { Logger } from '../../../engine/telemetry/logger.ts'
import { deliver, type Gateway } from '../deliver.ts'
import { delayReport, dueReports, type Report, removeReport } from './memory.ts'

export interface SenderDeps {
  readonly db: Database
  readonly gateway: Gateway
  readonly http: HttpClient
  readonly logger: Logger
  /** How often an empty outbox is looked at. */
  readonly idleMs?: number | undefined
}

export interface Sender {
  start(): void
  stop(): Promise<void>
  /** Send what is due now; says how much arrived. */
  flush(): Promise<number>
}

const batch = 16
const pauses = {
  tries: Number.MAX_SAFE_INTEGER,
  budgetMs: Number.MAX_SAFE_INTEGER,
  firstPauseMs: 200,
  maxPauseMs: 15_000,
}

/**
 * Brings reports to the gateway until each is acknowledged: in order within a run, runs side by side. A report may
 * arrive twice, never not at all. Any number of senders may work on one outbox.
 */
export function createSender({ db, gateway, http, logger, idleMs = 100 }: SenderDeps): Sender {
  const stopping = new AbortController()
  let working: Promise<void> | undefined

  async function flush(): Promise<number> {
    return transaction(db, async (tx) => {
      const due = await dueReports(tx, gateway.connection, batch)
      const failures = await Promise.all(due.map((report) => deliver(http, gateway, report)))
      let arrived = 0
      for (const [index, report] of due.entries()) {
        const failure = failures[index]
        if (failure === undefined) {
          await removeReport(tx, report.seq)
          arrived += 1
        } else await putOff(tx, report, failure)
      }
      return arrived
    })
  }

  async function putOff(tx: Database, report: Report, failure: string): Promise<void> {
    const ms = pauseAfter(Math.min(report.attempts + 1, 12), pauses, Math.random())
    await delayReport(tx, report.seq, ms)
    logger.warn(
      { report: report.id, event: report.event, stream: report.stream, failure, ms },
      'a report is sent again',
    )
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      const arrived = await flush().catch((error: unknown) => {
        logger.warn({ err: error }, 'the outbox could not be read; it is tried again')
        return 0
      })
      if (arrived === 0) await realPause(idleMs, stopping.signal).catch(() => undefined)
    }
  }

  return {
    start: () => {
      working ??= work()
    },
    stop: async () => {
      stopping.abort()
      await working
    },
    flush,
  }
}

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Logger } from 'pino'
import type { Clock } from '../../base/clock.ts'
import type { Database } from '../database/database.ts'
import { transaction } from '../database/transaction.ts'
import { countUp, flowsOf, forgetProcess, lockProcess, otherProcesses } from './memory.ts'

/**
 * A process that dies leaves its flows pending under its id. Every living process counts up a beat and watches the
 * others': dead is a process of this host whose pid is gone, or one whose beat stood still for `deadAfterMs` as measured
 * by the watcher's own clock (no clock is compared with another's, and an outage of the database ages nobody).
 */
export interface Takeover {
  start(): Promise<void>
  stop(): Promise<void>
}

export interface TakeoverOptions {
  readonly db: Database
  readonly processId: string
  readonly clock: Clock
  readonly logger: Logger
  /** Let the flows that the dead process was running go on elsewhere. */
  readonly resume: (flowIds: readonly string[]) => Promise<void>
  readonly everyMs?: number
  readonly deadAfterMs?: number
}

export function createTakeover(options: TakeoverOptions): Takeover {
  const { processId, clock, logger, everyMs = 1_000, deadAfterMs = 15_000 } = options
  const { db } = options
  const seen = new Map<string, { beat: number; atMs: number }>()
  const host = hostname()
  let lookedAtMs = clock.monotonicMs()
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()

  const beat = () => countUp(db, { id: processId, host, pid: process.pid, pidStarted: startOf(process.pid) })

  async function watch(): Promise<void> {
    const others = await otherProcesses(db, processId)
    const nowMs = clock.monotonicMs()
    // After an outage of the database, or of this process, the others' beats may be as late as this look.
    if (nowMs - lookedAtMs > deadAfterMs / 2) seen.clear()
    lookedAtMs = nowMs
    for (const other of others) {
      const before = seen.get(other.id)
      if (before?.beat !== other.beat) seen.set(other.id, { beat: other.beat, atMs: nowMs })
      const silent = before?.beat === other.beat && nowMs - before.atMs > deadAfterMs
      if (silent || (other.host === host && startOf(other.pid) !== other.pidStarted)) await takeOver(other.id)
    }
  }

  async function takeOver(dead: string): Promise<void> {
    await transaction(db, async (tx) => {
      if (!(await lockProcess(tx, dead))) return
      const flowIds = await flowsOf(tx, dead)
      if (flowIds.length > 0) await options.resume(flowIds)
      await forgetProcess(tx, dead)
      logger.warn({ dead, flows: flowIds.length }, 'took over the flows of a dead process')
    })
    seen.delete(dead)
  }

  async function once(): Promise<void> {
    try {
      await beat()
      await watch()
    } catch (error) {
      logger.warn({ err: error }, 'could not look after the other processes; trying again')
    }
  }

  return {
    async start() {
      await beat()
      await once()
      timer = setInterval(() => {
        round = round.then(once)
      }, everyMs)
      timer.unref()
    },
    async stop() {
      clearInterval(timer)
      await round
      // Flows that it leaves are taken over as from the dead: not before it has ended, so that nothing of it still acts.
      if ((await flowsOf(db, processId)).length === 0) await forgetProcess(db, processId)
    },
  }
}

/** Start time of a living process in clock ticks since boot; undefined if there is no such process or no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? undefined : fields[18]
  } catch {
    return undefined
  }
}

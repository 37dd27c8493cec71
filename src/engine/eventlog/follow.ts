import { setTimeout as pause } from 'node:timers/promises'
import { isLostConnection } from '../database/sql-errors.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Alarm } from './alarm.ts'

/** What one look at the log came to. */
export type Look = 'found' | 'nothing' | { readonly againInMs: number }

/**
 * How soon to look again after finding nothing. Short at first: what rang the alarm may become readable a moment
 * later, when it commits or when an older transaction ends. The last is the rhythm of a quiet log.
 */
const pausesMs = [2, 4, 8, 16, 32, 64, 125, 250]

/** Looks at the log whenever it may have grown, until told to stop; a database that goes away is waited for. */
export async function follow(
  look: () => Promise<Look>,
  options: { readonly alarm: Alarm; readonly stop: AbortSignal; readonly name: string; readonly logger: Logger },
): Promise<void> {
  const { alarm, stop, name, logger } = options
  let inVain = 0
  let troubles = 0
  while (!stop.aborted) {
    const seen = alarm.rings()
    const result = await look().catch((error: unknown): Look => {
      if (stop.aborted) return 'nothing'
      const message = 'cannot read the event log now; trying again'
      if (isLostConnection(error)) logger.warn({ err: error, reader: name }, message)
      else logger.error({ err: error, reader: name }, message)
      return { againInMs: Math.min(1_000, 50 * 2 ** troubles++) }
    })
    if (typeof result === 'object') {
      await pause(result.againInMs, undefined, { signal: stop }).catch(() => undefined)
      continue
    }
    troubles = 0
    if (result === 'found' || alarm.rings() !== seen) inVain = 0
    if (result === 'found') continue
    await alarm.wait(seen, pausesMs[inVain] ?? 250, stop)
    inVain = Math.min(inVain + 1, pausesMs.length - 1)
    if (alarm.rings() !== seen) inVain = 0
  }
}

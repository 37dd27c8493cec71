import { setTimeout as pause } from 'node:timers/promises'
import { Unavailable } from '../../base/errors.ts'
import { isLostConnection } from '../database/sql-errors.ts'
import { isConflictOfTransactions } from '../database/transaction.ts'
import type { StepOptions } from './flow.ts'

/** What one round of a step came to: plain JSON, kept by the engine. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'later'; readonly afterMs: number }

/** A longer wait than this is slept durably: it outlives the process. */
const longestPauseMs = 5_000
/** While the database is away nothing else goes on either, and nothing can be slept durably: it is asked again and again. */
const databasePauseMs = 1_000
const databaseTries = 60
/** Rounds of a step while something stays away: 1, 2, 4 … minutes, about four hours in all. */
const roundsAtMost = 9
const firstRoundMs = 60_000
const longestRoundMs = 3_600_000

/**
 * One round of a step: tries again within seconds while something is unavailable, then asks to be woken later; as late as
 * the vendor wants, if it says. Any other error, or the end of all patience, ends the flow.
 */
export async function attempt<T>(body: () => Promise<T>, options: StepOptions, round: number): Promise<Attempt<T>> {
  const { retries = 5, pauseMs = 200 } = options
  for (let tries = 0; ; tries += 1) {
    try {
      return { kind: 'done', value: await body() }
    } catch (error) {
      const wanted = error instanceof Unavailable ? error.retryAfterMs : undefined
      const isAway = !(error instanceof Unavailable) && isLostConnection(error)
      if (!(error instanceof Unavailable || isAway || isConflictOfTransactions(error))) throw error
      const backoffMs = Math.max(wanted ?? 0, pauseMs * 2 ** tries)
      const nextMs = isAway ? Math.min(backoffMs, databasePauseMs) : backoffMs
      if (tries < (isAway ? databaseTries : retries) && nextMs <= longestPauseMs) {
        await pause(nextMs)
        continue
      }
      if (round >= roundsAtMost) throw error
      return { kind: 'later', afterMs: Math.min(wanted ?? firstRoundMs * 2 ** round, longestRoundMs) }
    }
  }
}

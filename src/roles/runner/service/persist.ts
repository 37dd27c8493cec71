import { realPause } from '../../../base/retry.ts'
import { isLostConnection } from '../../../engine/database/sql-errors.ts'

const limitMs = 10 * 60_000

/** A database that goes away must not cost a job its result: write again until it is back, within a limit. */
export async function persist<T>(body: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + limitMs
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    try {
      return await body()
    } catch (error) {
      if (!isLostConnection(error) || performance.now() > deadline) throw error
      await realPause(pauseMs)
    }
  }
}

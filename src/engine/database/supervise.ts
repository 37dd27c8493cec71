import { setTimeout as pause } from 'node:timers/promises'
import { Unavailable } from '../../base/errors.ts'
import type { Logger } from '../telemetry/logger.ts'
import { launch, type ServerOptions, type ServerProcess } from './server-process.ts'

/** A server that is started again, on the same port, whenever it ends by itself. */
export interface Supervised {
  pid(): number
  /** Resolves only if it cannot be brought back. */
  readonly lost: Promise<Error>
  stop(): Promise<void>
}

/** So many starts in a row may fail; after that it is given up. A life shorter than this counts as a failed start. */
const startsInARow = 30
const shortLifeMs = 250

export async function supervise(options: ServerOptions, logger: Logger): Promise<Supervised> {
  const stopping = new AbortController()
  const lost = Promise.withResolvers<Error>()
  let server = await startUp(options, 5, stopping.signal)

  const watch = async (): Promise<void> => {
    let failures = 0
    while (!stopping.signal.aborted) {
      const since = performance.now()
      const reason = await server.ended
      if (stopping.signal.aborted) return
      failures = performance.now() - since < shortLifeMs ? failures + 1 : 0
      logger.warn({ reason, postmaster: server.pid }, 'PostgreSQL ended by itself; starting it again')
      server = await startUp(options, startsInARow - failures, stopping.signal)
      logger.info({ postmaster: server.pid }, 'PostgreSQL is back')
    }
  }
  const watching = watch().catch((error: Error) => {
    if (stopping.signal.aborted) return
    logger.error({ err: error }, 'PostgreSQL cannot be brought back')
    lost.resolve(error)
  })
  // If this process ends without stopping it, the server is told at least; after kill -9 the next start ends it.
  const tellServer = (): void => sendQuietly(server.pid)
  process.once('exit', tellServer)

  return {
    pid: () => server.pid,
    lost: lost.promise,
    stop: async () => {
      stopping.abort()
      await server.stop()
      await watching
      await server.stop()
      process.off('exit', tellServer)
    },
  }
}

/** After a crash a first start may fail, while processes of the old server still hold its memory. */
async function startUp(options: ServerOptions, tries: number, stop: AbortSignal): Promise<ServerProcess> {
  let last: unknown
  for (let tried = 0; tried < tries; tried++) {
    if (tried > 0) await pause(Math.min(2_000, 25 * 2 ** tried), undefined, { signal: stop })
    try {
      return await launch(options)
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      last = error
    }
  }
  throw last ?? new Unavailable(`PostgreSQL ended ${startsInARow} times soon after its start: see ${options.logFile}`)
}

function sendQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It is gone already.
  }
}

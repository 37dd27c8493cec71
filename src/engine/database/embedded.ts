import { access, constants, mkdir, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { Conflict, Invalid } from '../../base/errors.ts'
import type { Logger } from '../telemetry/logger.ts'
import { serverAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { claim } from './claim.ts'
import { clusterDatabase, clusterUser, openCluster } from './cluster.ts'
import { openPlace } from './open-place.ts'
import { supervise } from './supervise.ts'

/** A PostgreSQL server that lives as long as this process and is started again when it dies. */
export interface EmbeddedServer {
  readonly url: string
  readonly port: number
  /** The postmaster; another one after a restart. */
  readonly pid: number
  /** Resolves only if the server cannot be brought back any more. */
  readonly lost: Promise<Error>
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** The cluster lies in `<dir>/postgres`, with `postgres.log` and `postgres.password` beside it. */
  readonly dir: string
  readonly port?: number | undefined
  readonly logger: Logger
  /** False only for tests: nothing is forced to disk. */
  readonly durable?: boolean | undefined
}

/** Starts PostgreSQL from the programs among the dependencies, on loopback only; no server needs to be installed. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dir = await openFolder(options.dir)
  const release = await claim(dir)
  try {
    const account = serverAccount()
    const durable = options.durable ?? true
    const binaries = await findBinaries(account, account === undefined ? dir : openPlace)
    const cluster = await openCluster(dir, binaries, account, { durable })
    const port = await choosePort(options.port)
    const logFile = join(dir, 'postgres.log')
    const supervised = await supervise(
      { binaries, account, data: cluster.data, port, logFile, durable },
      options.logger,
    )
    return {
      url: `postgres://${clusterUser}:${cluster.password}@127.0.0.1:${port}/${clusterDatabase}`,
      port,
      get pid() {
        return supervised.pid()
      },
      lost: supervised.lost,
      stop: async () => {
        await supervised.stop()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}

async function openFolder(dir: string): Promise<string> {
  try {
    await mkdir(dir, { recursive: true })
    await access(dir, constants.W_OK | constants.X_OK)
    return await realpath(dir)
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new Invalid(`cannot keep data in ${resolve(dir)} (${why}): choose a folder that you may write with --data`, {
      cause,
    })
  }
}

async function choosePort(wanted: number | undefined): Promise<number> {
  const probe = createServer()
  return new Promise((done, reject) => {
    probe.once('error', (cause) =>
      reject(new Conflict(`port ${wanted} for PostgreSQL is taken: choose another, or none`, { cause })),
    )
    probe.listen(wanted ?? 0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      probe.close(() => done(port))
    })
  })
}

import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '../engine/database/database.ts'

/** The database of an installation, and how to let go of it. */
export interface ReachedStore {
  readonly store: Store
  close(): Promise<void>
}

/**
 * The database of an installation, whether it runs or not: the one of DATABASE_URL, else the embedded one of the data
 * folder. Undefined when there is none.
 */
export async function reachStore(dataDir: string, url = process.env.DATABASE_URL): Promise<ReachedStore | undefined> {
  const { silentLogger } = await import('../engine/telemetry/logger.ts')
  const { openStore } = await import('../engine/database/open.ts')
  const { migrate } = await import('../engine/database/migrate.ts')
  const logger = silentLogger()
  const server = url ? undefined : await embedded(dataDir)
  const address = url || server?.url
  if (address === undefined) return undefined
  try {
    const store = await openStore(address, { logger, max: 2 })
    await migrate(store)
    return {
      store,
      close: async () => {
        await store.close()
        await server?.stop()
      },
    }
  } catch (error) {
    await server?.stop()
    throw error
  }
}

async function embedded(dir: string): Promise<{ readonly url: string; stop(): Promise<void> } | undefined> {
  const { runningEmbedded } = await import('../engine/database/running.ts')
  const url = await runningEmbedded(dir)
  if (url !== undefined) return { url, stop: async () => undefined }
  if ((await lstat(join(dir, 'postgres')).catch(() => undefined)) === undefined) return undefined
  const { silentLogger } = await import('../engine/telemetry/logger.ts')
  const { startEmbedded } = await import('../engine/database/embedded.ts')
  return await startEmbedded({ dir, logger: silentLogger() })
}

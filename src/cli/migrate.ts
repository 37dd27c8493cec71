import type { Command } from 'commander'
import type { Logger } from '../engine/telemetry/logger.ts'
import { answer, checkFormat } from './answer.ts'
import { dataFolder } from './client.ts'

interface MigrateOptions {
  readonly data?: string
  readonly format: string
}

/** `mendline migrate`: bring the database to the newest shape, by itself or before new processes start. */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the newest shape; forward only, safe to repeat')
    .option('--data <dir>', 'data folder of the installation (default: ./.mendline, or MENDLINE_DATA)')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText(
      'after',
      `
Uses the database of DATABASE_URL; without it, the embedded one of the data folder, which must not be running.

Exit codes: 0 the database has the newest shape, 2 wrong use, 3 it could not be brought there.

Example:
  DATABASE_URL=postgres://mendline:secret@db/mendline mendline migrate`,
    )
    .action(async (options: MigrateOptions) => {
      checkFormat(options)
      const { silentLogger } = await import('../engine/telemetry/logger.ts')
      const applied = await migrateAt(process.env.DATABASE_URL, dataFolder(options), silentLogger())
      const lines =
        applied.length === 0 ? ['Nothing to do: the database is up to date.'] : applied.map((name) => `applied ${name}`)
      answer(options, { applied }, lines)
    })
}

async function migrateAt(url: string | undefined, dataDir: string, logger: Logger): Promise<readonly string[]> {
  if (url !== undefined && url !== '') return await migrateUrl(url, logger)
  const { startEmbedded } = await import('../engine/database/embedded.ts')
  const server = await startEmbedded({ dir: dataDir, logger })
  try {
    return await migrateUrl(server.url, logger)
  } finally {
    await server.stop()
  }
}

async function migrateUrl(url: string, logger: Logger): Promise<readonly string[]> {
  const { openStore } = await import('../engine/database/open.ts')
  const { migrate } = await import('../engine/database/migrate.ts')
  const store = await openStore(url, { logger, max: 2 })
  try {
    const applied = await migrate(store)
    const { migrateFlows } = await import('../engine/flows/flows.ts')
    await migrateFlows(url)
    return applied
  } finally {
    await store.close()
  }
}

import { createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startApp } from './app.ts'
import type { Installation } from './cli/installation.ts'
import { type Config, loadConfig } from './config.ts'
import { nativeConnection } from './connections.ts'
import { createLogger } from './engine/telemetry/logger.ts'
import { nativeSecretFile } from './secrets.ts'

/** What the commands start: one process of an installation, by its configuration. */
export const installation: Installation = {
  async start({ demo, ...flags }) {
    const configured = loadConfig(process.env, flags)
    const config = demo ? forDemo(configured) : configured
    const logger = createLogger({ level: config.logLevel, name: 'mendline', stream: logStream(config, demo) })
    const app = await startApp(config, { logger })
    const before: (() => Promise<void>)[] = []
    const { dataDir } = config
    return {
      dataDir,
      url: app.url,
      token: app.secrets.token,
      story: {
        store: app.store,
        logger,
        dataDir,
        gatewayUrl: app.url ?? '',
        connection: nativeConnection,
        secretFile: nativeSecretFile(dataDir),
      },
      lost: app.lost,
      onClose: (close) => void before.push(close),
      async close() {
        for (const close of before.toReversed()) await close()
        await app.close()
      },
    }
  },
}

/** The sample shop's story tells of a job that may use 256 MiB, on a machine with the tools of this package. */
function forDemo(config: Config): Config {
  const tools = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), '..', '.bin')
  return {
    ...config,
    runner: {
      ...config.runner,
      slots: 2,
      memoryBytes: 256 * 2 ** 20,
      stallAfterMs: 8_000,
      toolPath: [tools, ...config.runner.toolPath],
    },
  }
}

/** Where people read the terminal the log goes to a file beside the data; elsewhere to stdout, for whoever collects it. */
function logStream({ dataDir }: Config, demo: boolean): { write(line: string): void } | undefined {
  if (!demo && !process.stdout.isTTY) return undefined
  return createWriteStream(join(dataDir, 'mendline.log'), { flags: 'a', mode: 0o600 })
}

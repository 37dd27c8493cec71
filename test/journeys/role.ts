import { flushCompileCache } from 'node:module'
import { startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import type { Boundary } from '../../src/engine/flows/flows.ts'
import { createLogger } from '../../src/engine/telemetry/logger.ts'
import type { Order, Word } from './process.ts'

/**
 * One process of an installation, for tests that kill it: the real program, and a stand at every step boundary of its
 * flows. `armed` says at which boundary which process dies.
 */
let armed: Extract<Order, { kind: 'arm' }> | undefined
const say = (word: Word) => process.send?.(word)

function onBoundary({ step, at }: Boundary): void {
  say({ kind: 'boundary', step, at })
  if (armed === undefined || armed.step !== step || armed.at !== at) return
  const { pid } = armed
  armed = undefined
  process.kill(pid ?? process.pid, 'SIGKILL')
}

process.on('message', (order: Order) => {
  if (order.kind === 'launch') return launch.resolve()
  armed = order
  say({ kind: 'heard' })
})
process.on('disconnect', () => process.exit(0))

const launch = Promise.withResolvers<void>()
const config = loadConfig(process.env, { roles: (process.env.ROLES ?? '').split(','), port: process.env.PORT ?? '0' })
const logger = createLogger({ level: config.logLevel, name: 'journey', stream: process.stderr })

try {
  // An understudy has loaded everything and waits to be needed.
  if (process.env.UNDERSTUDY !== undefined) {
    if (config.roles.includes('gateway')) await import('../../src/roles/gateway/index.ts')
    say({ kind: 'ready', pid: process.pid })
    await launch.promise
  }
  const { url } = await startApp(config, { logger, onBoundary })
  // Who is killed keeps nothing at its end.
  flushCompileCache()
  say({ kind: 'ready', url, pid: process.pid })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(3)
}

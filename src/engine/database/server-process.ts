import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { Unavailable } from '../../base/errors.ts'
import { type Account, asAccount } from './account.ts'
import type { Binaries } from './binaries.ts'
import { syncMethod } from './cluster.ts'
import { clearLeftOver, readPostmaster, stopServer } from './postmaster.ts'

export interface ServerOptions {
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly data: string
  readonly port: number
  readonly logFile: string
  /** False only for throw-away data: nothing is forced to disk. */
  readonly durable: boolean
}

/** One life of a PostgreSQL server. */
export interface ServerProcess {
  readonly pid: number
  /** Resolves when it has ended, for whatever reason, to that reason. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

const readyLimitMs = 60_000
const logLimitBytes = 8 * 2 ** 20

/** Starts the server and waits until it takes connections. A left-over server on the same data is ended first. */
export async function launch(options: ServerOptions): Promise<ServerProcess> {
  await clearLeftOver(options.data)
  const logStart = await rotateLog(options.logFile)
  const child = await spawnServer(options)
  const server = describe(child)
  const deadline = performance.now() + readyLimitMs
  for (;;) {
    const postmaster = await readPostmaster(options.data)
    if (postmaster?.ready && postmaster.pid === child.pid) return server
    const end = await Promise.race([server.ended, pause(10)])
    if (end !== undefined) throw new Unavailable(await failure(options, end, logStart))
    if (performance.now() > deadline) {
      await server.stop()
      throw new Unavailable(await failure(options, `not ready after ${readyLimitMs / 1_000} s`, logStart))
    }
  }
}

/** In a process group of its own: Ctrl-C in a terminal must reach us first, so that we can stop in order. */
async function spawnServer(options: ServerOptions): Promise<ChildProcess> {
  const log = await open(options.logFile, 'a', 0o600)
  try {
    return spawn(options.binaries.postgres, ['-D', options.data, ...settings(options)], {
      ...asAccount(options.account),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
  } finally {
    await log.close()
  }
}

function settings({ port, durable }: ServerOptions): string[] {
  const wanted = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    // Throw-away servers are shared by many tests, each with a pool of its own.
    max_connections: durable ? 100 : 400,
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    recovery_init_sync_method: syncMethod,
  }
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function describe(child: ChildProcess): ServerProcess {
  let running = true
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  }).finally(() => {
    running = false
  })
  const pid = child.pid ?? 0
  return {
    pid,
    ended,
    stop: async () => {
      if (running && pid > 0) await stopServer(pid, () => running)
    },
  }
}

async function rotateLog(file: string): Promise<number> {
  const size = (await stat(file).catch(() => undefined))?.size ?? 0
  if (size < logLimitBytes) return size
  await rename(file, `${file}.1`)
  return 0
}

async function failure(options: ServerOptions, end: string, logStart: number): Promise<string> {
  const log = await readFile(options.logFile).catch(() => Buffer.alloc(0))
  const said = log.subarray(logStart).toString('utf8').trim().split('\n').slice(-5).join(' | ').slice(-1_000)
  return `PostgreSQL did not start on ${options.data} (${end}); its log ${options.logFile} says: ${said || 'nothing'}`
}

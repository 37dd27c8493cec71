import { execFile } from 'node:child_process'
import { access, constants, readdir, readFile, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { saySize } from '../../base/quantity.ts'
import { readStopFile } from '../../commons/permits/stop.ts'
import { connect } from '../client.ts'

/** One line of the doctor's answer: what was looked at, what was found, and what to do when it is not well. */
export interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly found: string
  readonly todo: string
}

const run = promisify(execFile)
const leastNode = 24
const leastFreeBytes = 2 * 2 ** 30
const leastPostgres = 15

/** Look at everything, one after the other; a check that fails never keeps the next from being made. */
export async function examine(dataDir: string, env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  return [
    checkNode(process.versions.node),
    await check('git', 'install git, 2.30 or newer', findGit),
    await check('data folder', `let this user write ${dataDir}, or choose another with --data DIR`, () =>
      writable(dataDir),
    ),
    await check('disk', 'make room: at least 2 GiB', () => freeSpace(dataDir)),
    await check('stop switch', 'end the stop with "mendline resume" once it is safe', () => notStopped(dataDir)),
    await check('gateway', 'start it with "mendline up"', () => gateway(dataDir)),
    await check('database', 'see that DATABASE_URL is right and PostgreSQL runs, then "mendline migrate"', () =>
      database(dataDir, env),
    ),
  ]
}

function checkNode(version: string): Finding {
  const ok = Number.parseInt(version, 10) >= leastNode
  return {
    what: 'node',
    ok,
    found: version,
    todo: `install Node ${leastNode}, or run "npm install" again: it brings one`,
  }
}

/** A check answers what it found, or throws what is wrong. */
async function check(what: string, todo: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, found: await look(), todo }
  } catch (error) {
    return { what, ok: false, found: (error as Error).message, todo }
  }
}

async function findGit(): Promise<string> {
  const { stdout } = await run('git', ['--version'], { timeout: 10_000 })
  return stdout.trim()
}

/** The folder itself, or the nearest one above in which it can be made. */
async function nearestFolder(dir: string): Promise<string> {
  try {
    await access(dir)
    return dir
  } catch (error) {
    const above = dirname(dir)
    if (above === dir || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return await nearestFolder(above)
  }
}

async function writable(dataDir: string): Promise<string> {
  const folder = await nearestFolder(dataDir)
  await access(folder, constants.W_OK | constants.X_OK)
  return folder === dataDir ? dataDir : `${dataDir} will be made`
}

async function freeSpace(dataDir: string): Promise<string> {
  const { bavail, bsize } = await statfs(await nearestFolder(dataDir))
  const free = bavail * bsize
  if (free < leastFreeBytes) throw new Error(`only ${saySize(free)} free`)
  return `${saySize(free)} free`
}

async function notStopped(dataDir: string): Promise<string> {
  const stop = await readStopFile(dataDir)
  if (stop.kind === 'engaged') throw new Error(`everything is stopped by ${stop.by}: ${stop.why}`)
  if (stop.kind === 'unknown') throw new Error(stop.why)
  return 'released'
}

const Ready = z.object({ checks: z.array(z.looseObject({ name: z.string(), ok: z.boolean() })) })

async function gateway(dataDir: string): Promise<string> {
  const client = await connect(dataDir)
  const ready = await client.get('/readyz', Ready)
  const failing = ready.checks.filter(({ ok }) => !ok).map(({ name }) => name)
  if (failing.length > 0) throw new Error(`${client.url} is up, but not ready: ${failing.join(', ')}`)
  return client.url
}

/** Its own database is looked at through the gateway's readiness; one that is named by its address, directly. */
async function database(dataDir: string, env: NodeJS.ProcessEnv): Promise<string> {
  const url = env.DATABASE_URL
  if (url === undefined || url === '') return await embedded(dataDir)
  const { silentLogger } = await import('../../engine/telemetry/logger.ts')
  const { openStore } = await import('../../engine/database/open.ts')
  const store = await openStore(url, { logger: silentLogger(), max: 1 })
  try {
    const version = await store.pool.query<{ v: string }>('select current_setting($1) as v', ['server_version'])
    const { rows } = await store.pool.query<{ name: string }>('select name from schema_migrations')
    const missing = (await ownMigrations()).filter((name) => !rows.some((row) => row.name === name))
    if (missing.length > 0) throw new Error(`${missing.length} migrations are missing, the first is ${missing[0]}`)
    return `PostgreSQL ${version.rows[0]?.v ?? ''}, up to date`
  } finally {
    await store.close()
  }
}

async function embedded(dataDir: string): Promise<string> {
  let version: string
  try {
    version = (await readFile(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).trim()
  } catch {
    return 'embedded, not made yet; "mendline up" makes it'
  }
  if (Number.parseInt(version, 10) < leastPostgres) throw new Error(`the embedded one is of PostgreSQL ${version}`)
  return `embedded, PostgreSQL ${version}`
}

async function ownMigrations(): Promise<readonly string[]> {
  const folder = fileURLToPath(new URL('../../../migrations', import.meta.url))
  return (await readdir(folder)).filter((name) => name.endsWith('.sql'))
}

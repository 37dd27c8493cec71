import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { silentLogger } from '../telemetry/logger.ts'
import { serverAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './embedded.ts'
import { openStore } from './open.ts'
import { openPlace } from './open-place.ts'
import { isLostConnection } from './sql-errors.ts'

/** Closed to everybody else, like root's home. */
const parent = mkdtempSync(join(tmpdir(), 'mendline-closed-'))
const dir = join(parent, 'data')
const running: EmbeddedServer[] = []

beforeAll(async () => {
  chmodSync(parent, 0o700)
  const server = await start()
  await ask(server, 'create table kept (word text)')
  await ask(server, "insert into kept values ('first')")
  await server.stop()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})
afterAll(() => {
  const cluster = realpathSync(join(dir, 'postgres'))
  if (cluster.startsWith(openPlace)) rmSync(dirname(cluster), { recursive: true })
  rmSync(parent, { recursive: true })
})

test('a second start goes on with the same data, below a folder that others cannot enter', async () => {
  const server = await start()
  expect(await ask(server, 'select word from kept')).toEqual([{ word: 'first' }])
  await server.stop()
  expect(isRunning(server.pid)).toBe(false)
})

test('it takes connections from this machine alone, with a password', async () => {
  const server = await start()
  const url = new URL(server.url)
  expect(url.hostname).toBe('127.0.0.1')
  url.password = 'guessed'
  await expect(ask({ url: url.href }, 'select 1')).rejects.toThrow('password authentication failed')
  expect(await ask(server, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await ask(server, 'show fsync')).toEqual([{ fsync: 'off' }])
})

test('a server that is killed comes back under the same address, and what was committed is there', async () => {
  const server = await start({ durable: true })
  const store = await openStore(server.url, { logger: silentLogger() })
  for (const word of ['second', 'third']) {
    await store.pool.query('insert into kept values ($1)', [word])
    const killed = server.pid
    process.kill(killed, 'SIGKILL')
    await vi.waitFor(() => store.pool.query('select 1 where $1::int is not null', [killed]), {
      timeout: 10_000,
      interval: 10,
    })
    await vi.waitUntil(() => server.pid !== killed, { timeout: 10_000 })
  }
  const { rows } = await store.pool.query('select word from kept')
  expect(rows.map(({ word }) => word)).toEqual(['first', 'second', 'third'])
  await store.close()
})

test('a transaction whose connection is killed between two queries fails, and the process lives', async () => {
  const server = await start()
  const store = await openStore(server.url, { logger: silentLogger() })
  const lost = store.db.transaction().execute(async (tx) => {
    const ended = Promise.withResolvers<void>()
    store.pool.once('remove', () => ended.resolve())
    process.kill(server.pid, 'SIGKILL')
    await vi.waitFor(() => store.pool.query('select 1'), { timeout: 10_000, interval: 10 })
    return tx.selectNoFrom((no) => no.val(1).as('one')).execute()
  })
  const error = await lost.catch((thrown: unknown) => thrown)
  expect(isLostConnection(error)).toBe(true)
  await store.close()
})

test('a server that a killed process left behind is ended, and its data is taken over', async () => {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)})
    const { silentLogger } = await import(${JSON.stringify(new URL('../telemetry/logger.ts', import.meta.url).href)})
    const server = await startEmbedded({ dir: ${JSON.stringify(dir)}, logger: silentLogger(), durable: false })
    console.log(server.pid)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const left = await new Promise<number>((resolve) => other.stdout.once('data', (chunk) => resolve(Number(chunk))))
  await expect(start()).rejects.toThrow(`in use by another Mendline (process ${other.pid})`)
  other.kill('SIGKILL')
  await new Promise((resolve) => other.once('exit', resolve))
  expect(isRunning(left)).toBe(true)
  const server = await start()
  expect(isRunning(left)).toBe(false)
  expect(await ask(server, 'select count(*)::int as n from kept')).toEqual([{ n: 3 }])
})

test('a pid file that was left behind, and names a process that is something else by now, does no harm', async () => {
  const file = join(realpathSync(join(dir, 'postgres')), 'postmaster.pid')
  writeFileSync(file, `${process.pid}\n${dir}/postgres\n1\n1\n\n\n\nready\n`)
  await start()
  expect(readFileSync(file, 'utf8')).not.toMatch(new RegExp(`^${process.pid}\n`))
})

test('data of another PostgreSQL version is refused in one sentence, and left as it is', async () => {
  const file = join(realpathSync(join(dir, 'postgres')), 'PG_VERSION')
  const own = readFileSync(file, 'utf8')
  writeFileSync(file, '13\n')
  await expect(start()).rejects.toThrow(/was made by PostgreSQL 13, this Mendline brings PostgreSQL \d+: .*--data$/)
  writeFileSync(file, own)
  await start()
})

test('data of another account is refused in one sentence', async () => {
  const foreign = join(parent, 'foreign')
  mkdirSync(foreign)
  // Root's, but root runs PostgreSQL as somebody else.
  symlinkSync('/usr', join(foreign, 'postgres'))
  await expect(start({ dir: foreign })).rejects.toThrow(
    /^\/usr belongs to the account 0, but PostgreSQL would run as .*: start Mendline as the account that made it/,
  )
})

test('a folder that cannot be written is refused in one sentence', async () => {
  const file = join(parent, 'a file')
  writeFileSync(file, '')
  await expect(start({ dir: join(file, 'data') })).rejects.toThrow(
    /^cannot keep data in .*a file\/data \(ENOTDIR\): choose/,
  )
})

test('a port that is taken is refused in one sentence', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(start({ port })).rejects.toThrow(`port ${port} for PostgreSQL is taken`)
  other.close()
  await start()
})

test('programs without their links, in a folder that the account cannot enter, run from a copy', async () => {
  const hidden = join(parent, 'package')
  mkdirSync(hidden)
  const installed = dirname(dirname((await findBinaries(undefined, parent)).postgres))
  const withoutLinks = (path: string): boolean => !lstatSync(path).isSymbolicLink()
  cpSync(installed, join(hidden, 'native'), { recursive: true, filter: withoutLinks })
  writeFileSync(join(hidden, 'package.json'), '{"version":"1.2.3"}')
  const account = serverAccount()
  const copies = mkdtempSync(join(tmpdir(), 'mendline-copies-'))
  chmodSync(copies, 0o755)
  const binaries = await findBinaries(account, copies, join(hidden, 'native'))
  expect(binaries.postgres.startsWith(account === undefined ? hidden : copies)).toBe(true)
  rmSync(copies, { recursive: true })
})

/** Also false for a process that has ended and was not fetched by its parent yet. */
function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}/cwd`)
}

async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dir, logger: silentLogger(), durable: false, ...options })
  running.push(server)
  return server
}

async function ask({ url }: { readonly url: string }, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

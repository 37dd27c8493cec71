import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Invalid, Terminal } from '../../base/errors.ts'
import { type Account, asAccount, canEnter } from './account.ts'
import type { Binaries } from './binaries.ts'
import { makeOpenHome } from './open-place.ts'

export const clusterUser = 'mendline'
export const clusterDatabase = 'mendline'

/** A cluster that can be started: its real folder and the password of its user. */
export interface Cluster {
  readonly data: string
  readonly password: string
}

/** Finds the cluster of a data folder, or makes one. `<dir>/postgres` exists only once it is whole. */
export async function openCluster(
  dir: string,
  binaries: Binaries,
  account: Account | undefined,
  options: { readonly durable: boolean },
): Promise<Cluster> {
  const entry = join(dir, 'postgres')
  const passwordFile = join(dir, 'postgres.password')
  if ((await lstat(entry).catch(() => undefined)) === undefined) {
    const password = randomBytes(24).toString('base64url')
    await writeFile(passwordFile, password, { mode: 0o600 })
    await createCluster(entry, binaries, account, password, options)
  }
  const data = await realpath(entry).catch((cause) => {
    throw new Invalid(`${entry} points to a folder that is gone: restore it, or choose another folder with --data`, {
      cause,
    })
  })
  await checkOwner(data, account)
  await checkVersion(data, binaries)
  return { data, password: await readPassword(passwordFile) }
}

/** PostgreSQL runs only on a folder of its own account. */
async function checkOwner(data: string, account: Account | undefined): Promise<void> {
  const { uid } = await stat(data)
  const own = account?.uid ?? process.getuid?.() ?? uid
  if (uid === own) return
  throw new Invalid(
    `${data} belongs to the account ${uid}, but PostgreSQL would run as ${account?.name ?? own}: start Mendline as the ` +
      'account that made it, or choose another folder with --data',
  )
}

async function checkVersion(data: string, binaries: Binaries): Promise<void> {
  const found = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => 'unknown')).trim()
  if (found === binaries.major) return
  throw new Invalid(
    `${data} was made by PostgreSQL ${found}, this Mendline brings PostgreSQL ${binaries.major}: start it with the ` +
      'Mendline it was made with and move the data by backup and restore, or choose another folder with --data',
  )
}

async function readPassword(file: string): Promise<string> {
  const password = await readFile(file, 'utf8').catch((cause) => {
    throw new Invalid(
      `cannot read the database password in ${file}: restore the file, or choose another folder with --data`,
      {
        cause,
      },
    )
  })
  return password.trim()
}

async function createCluster(
  entry: string,
  binaries: Binaries,
  account: Account | undefined,
  password: string,
  options: { readonly durable: boolean },
): Promise<void> {
  const dir = join(entry, '..')
  const home = account === undefined || (await letEnter(account, dir)) ? dir : await makeOpenHome(dir)
  const data = join(home, 'postgres')
  const fresh = `${data}.new`
  const passwordCopy = `${data}.new-password`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordCopy, password, { mode: 0o600 })
  if (account !== undefined) {
    await chown(fresh, account.uid, account.gid)
    await chown(passwordCopy, account.uid, account.gid)
  }
  try {
    await runInitdb(binaries, account, fresh, passwordCopy, options)
    await run(
      binaries.postgres,
      ['--single', '-D', fresh, 'template1'],
      account,
      `create database ${clusterDatabase}\n`,
    )
    await rename(fresh, data)
  } finally {
    await rm(passwordCopy, { force: true })
    await rm(fresh, { recursive: true, force: true })
  }
  if (data !== entry) await symlink(data, entry)
}

/** The data folder itself is ours to open: others may then pass through it, still not list it or read our files. */
async function letEnter(account: Account, dir: string): Promise<boolean> {
  if (canEnter(account, dir)) return true
  const { mode } = await stat(dir)
  await chmod(dir, (mode & 0o7777) | 0o001)
  if (canEnter(account, dir)) return true
  await chmod(dir, mode & 0o7777)
  return false
}

/** How a whole data folder is forced to disk: one call per file system where there is one, not one per file. */
export const syncMethod = process.platform === 'linux' ? 'syncfs' : 'fsync'

/** One collation everywhere, from PostgreSQL itself: no index depends on the locales of the machine. */
async function runInitdb(
  binaries: Binaries,
  account: Account | undefined,
  data: string,
  passwordFile: string,
  options: { readonly durable: boolean },
): Promise<void> {
  await run(
    binaries.initdb,
    [
      ...['-D', data, '-U', clusterUser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...['--no-instructions', options.durable ? `--sync-method=${syncMethod}` : '--no-sync'],
    ],
    account,
  )
}

async function run(program: string, args: readonly string[], account: Account | undefined, input = ''): Promise<void> {
  const child = spawn(program, args, { ...asAccount(account), stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => undefined).end(input)
  const ended = new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  const [output, complaint, result] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (result === 0) return
  throw new Terminal(`${program} failed (${result}): ${(complaint || output).trim().slice(-2_000)}`)
}

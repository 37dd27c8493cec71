import { execFile } from 'node:child_process'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { getCompileCacheDir } from 'node:module'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Database } from '../../../engine/database/database.ts'
import { refsOf } from '../git.ts'
import { HookConfig } from './hook-config.ts'
import { findRepository, rememberRef, saveRepository } from './memory.ts'

const run = promisify(execFile)

export interface NewRepository {
  readonly db: Database
  /** The bare repository's own folder. */
  readonly dir: string
  /** `owner/name`. */
  readonly name: string
  readonly connection: string
  readonly gatewayUrl: string
  /** A file that holds the webhook secret of the connection; read when a push happens, never copied. */
  readonly secretFile: string
  readonly defaultBranch?: string | undefined
  /** The `vars` context of its workflows; left out, it stays as it was. */
  readonly variables?: Readonly<Record<string, string>> | undefined
}

/**
 * Make a bare repository that tells the gateway of every push, or bring an existing one up to date: its address, its
 * hook and its variables. May run again at every start.
 */
export async function initRepository(wanted: NewRepository): Promise<void> {
  const { db, name, connection, gatewayUrl, defaultBranch = 'main' } = wanted
  // The hook runs inside the repository: its paths must not depend on where we are.
  const [dir, secretFile] = [resolve(wanted.dir), resolve(wanted.secretFile)]
  await mkdir(dir, { recursive: true })
  await git('init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, dir)
  // Runs are asked for by commit, also long after a branch has moved on.
  await git('--git-dir', dir, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const config: HookConfig = { repository: name, connection, gatewayUrl, secretFile }
  await mkdir(join(dir, 'mendline', 'spool'), { recursive: true })
  await replaceFile(join(dir, 'mendline', 'hook.json'), `${JSON.stringify(HookConfig.parse(config), null, 2)}\n`, 0o600)
  await replaceFile(join(dir, 'hooks', 'post-receive'), hookScript(join(dir, 'mendline')), 0o755)
  const repository = { connection, name }
  // What is in it already was pushed before we listened.
  const known = await findRepository(db, connection, name)
  const variables = wanted.variables ?? known?.variables ?? {}
  await saveRepository(db, { connection, name, path: dir, defaultBranch, variables })
  if (known === undefined) for (const [ref, sha] of await refsOf(dir)) await rememberRef(db, repository, ref, sha)
}

/** A repository of the user's own that we were started in must not be meant. */
async function git(...args: readonly string[]): Promise<void> {
  await run('git', [...args], { env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C' } })
}

/** A push that was taken must not fail because nobody could be told of it: the hook always ends well. */
function hookScript(folder: string): string {
  const program = fileURLToPath(new URL(`./post-receive${extname(import.meta.url)}`, import.meta.url))
  // Who pushed waits for the hook, and most of its start is compiling: what this process keeps of that serves it too.
  const kept = getCompileCacheDir()
  return [
    '#!/bin/sh',
    ...(kept === undefined ? [] : [`export NODE_COMPILE_CACHE=${quote(dirname(kept))}`]),
    '# Tells Mendline of the push. What cannot be told now waits in the spool beside the hook.',
    `${quote(process.execPath)} ${quote(program)} ${quote(folder)} || true`,
    '',
  ].join('\n')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Whole or not at all: a push may happen right now. */
async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  const fresh = `${path}.${process.pid}.new`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(fresh, text, { mode })
  await rename(fresh, path)
}

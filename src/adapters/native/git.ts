import { type ExecFileException, execFile } from 'node:child_process'
import { Terminal, Unavailable } from '../../base/errors.ts'

const timeoutMs = 15_000
const fileLimitBytes = 1024 * 1024

/** Reads of one bare repository by the `git` program: never a shell, never a name that git could take for an option. */
export async function readFileAt(repository: string, sha: string, path: string): Promise<string | undefined> {
  // `HEAD` of a bare repository is its default branch.
  if (!(isSha(sha) || sha === 'HEAD') || !isRepositoryPath(path)) return undefined
  const entry = await git(repository, ['ls-tree', '-z', '--full-tree', sha, '--', path])
  const [, type, oid] = /^100\d{3} (blob) ([0-9a-f]{40,64})\t/.exec(entry ?? '') ?? []
  if (type === undefined || oid === undefined) return undefined
  return git(repository, ['cat-file', 'blob', oid])
}

/** Names of the files right below a folder. */
export async function listFilesAt(repository: string, sha: string, folder: string): Promise<readonly string[]> {
  if (!isSha(sha) || !isRepositoryPath(folder)) return []
  const listing = await git(repository, ['ls-tree', '-z', '--full-tree', '--name-only', sha, '--', `${folder}/`])
  return (listing ?? '').split('\0').filter((name) => name !== '')
}

export async function tipOf(repository: string, branch: string): Promise<string | undefined> {
  if (!isBranch(branch)) return undefined
  const tip = await git(repository, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`])
  return tip?.trim()
}

/** The commit that a sha means: an annotated tag is an object of its own. */
export async function commitOf(repository: string, sha: string): Promise<string | undefined> {
  if (!isSha(sha)) return undefined
  const commit = await git(repository, ['rev-parse', '--verify', '--quiet', `${sha}^{commit}`])
  return commit?.trim()
}

/** Every branch and tag with the commit it points at. */
export async function refsOf(repository: string): Promise<ReadonlyMap<string, string>> {
  const format = '%(refname) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)'
  const listing = await git(repository, ['for-each-ref', `--format=${format}`, 'refs/heads', 'refs/tags'])
  const refs = new Map<string, string>()
  for (const line of (listing ?? '').split('\n')) {
    const [ref, sha] = line.split(' ')
    if (ref !== undefined && sha !== undefined) refs.set(ref, sha)
  }
  return refs
}

export interface Commit {
  readonly author: string
  readonly email: string
  readonly title: string
}

export async function describeCommit(repository: string, sha: string): Promise<Commit | undefined> {
  if (!isSha(sha)) return undefined
  const text = await git(repository, ['log', '-1', '--no-show-signature', '--format=%an%x00%ae%x00%s', sha, '--'])
  const [author, email, title] = text?.trimEnd().split('\0') ?? []
  if (author === undefined || email === undefined || title === undefined) return undefined
  return { author, email, title }
}

/** Paths that differ between two commits; undefined when that cannot be told, as for a branch's first push or too many. */
export async function changedPaths(
  repository: string,
  before: string,
  after: string,
): Promise<readonly string[] | undefined> {
  if (!isSha(before) || !isSha(after) || isNoCommit(before)) return undefined
  const diff = ['diff', '--name-only', '-z', '--no-renames', before, after, '--']
  const listing = await git(repository, diff).catch((error: unknown) => {
    if (error instanceof TooLarge) return undefined
    throw error
  })
  return listing?.split('\0').filter((name) => name !== '')
}

export function isSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

/** The sha that stands for "no commit" when a ref is made or deleted. */
export function isNoCommit(sha: string): boolean {
  return /^0+$/.test(sha)
}

/** The rules of `git check-ref-format` that could let a name mean something else than a branch. */
function isBranch(name: string): boolean {
  return name.length <= 250 && /^[^\s~^:?*[\\\x00-\x1f\x7f]+$/.test(name) && !/\.\.|@\{|\/\/|^[-/.]|[/.]$/.test(name)
}

function isRepositoryPath(path: string): boolean {
  if (path === '' || path.length > 4_096 || path.includes('\0')) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

/** Undefined when git says no: the commit, ref or path is not there. */
function git(repository: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      ['--git-dir', repository, '--literal-pathspecs', '-c', 'core.quotePath=false', ...args],
      {
        timeout: timeoutMs,
        maxBuffer: fileLimitBytes,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
      },
      (error, stdout) => {
        if (error === null) return resolve(stdout)
        if (typeof error.code === 'number') return resolve(undefined)
        reject(failure(error, `cannot read ${repository} with git ${args[0]}`))
      },
    )
  })
}

class TooLarge extends Terminal {}

function failure(error: ExecFileException, tried: string): Error {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return new TooLarge(`${tried}: the answer is larger than ${fileLimitBytes} bytes`, { cause: error })
  if (error.code === 'ENOENT') return new Terminal(`${tried}: the program git is not installed`, { cause: error })
  return new Unavailable(`${tried}: ${error.killed ? `no answer in ${timeoutMs} ms` : 'it could not run'}`, {
    cause: error,
  })
}

import { execFileSync } from 'node:child_process'
import { userInfo } from 'node:os'
import path from 'node:path'

/** What git tells of a folder, as far as it tells anything. */
export interface CheckoutFacts {
  /** The top of the work tree, or the folder itself where there is no git. */
  readonly root: string
  /** `owner/name`, of the remote when there is one. */
  readonly repository: string
  readonly branch: string
  readonly sha: string
  readonly title: string
  readonly actor: string
}

const noCommit = '0'.repeat(40)

export function readCheckout(folder: string): CheckoutFacts {
  const root = git(folder, 'rev-parse', '--show-toplevel') ?? folder
  const remote = git(root, 'remote', 'get-url', 'origin')
  return {
    root,
    repository: (remote && repositoryOf(remote)) ?? `local/${path.basename(root)}`,
    branch: git(root, 'branch', '--show-current') || 'main',
    sha: git(root, 'rev-parse', '--verify', '--quiet', 'HEAD') ?? noCommit,
    title: git(root, 'log', '-1', '--format=%s') ?? '',
    actor: readUser(),
  }
}

/** The last two parts of an address, whatever its form. */
function repositoryOf(remote: string): string | undefined {
  const parts = remote
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .filter((part) => part !== '')
  const [owner, name] = parts.slice(-2)
  return owner && name ? `${owner}/${name}` : undefined
}

function git(folder: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    // No git, no repository, no commit or no remote: each is an answer.
    return undefined
  }
}

function readUser(): string {
  try {
    return userInfo().username
  } catch {
    return 'local'
  }
}

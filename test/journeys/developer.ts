import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Somebody who works in a clone with git, and knows nothing of Mendline. */
export interface Developer {
  git(...args: readonly string[]): Promise<string>
  /** Commit all there is, also if nothing changed, and push it; the commit. */
  push(branch: string, message: string): Promise<string>
}

export function developerIn(
  folder: string,
  { name = 'Mira Okafor', email = 'mira@shop.example' }: { readonly name?: string; readonly email?: string } = {},
): Developer {
  const who = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email }
  const git = async (...args: readonly string[]) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...who }
    const { stdout } = await run('git', ['-C', folder, '-c', 'commit.gpgsign=false', ...args], { env })
    return stdout.trim()
  }
  return {
    git,
    async push(branch, message) {
      await git('add', '--all', '.')
      await git('commit', '--quiet', '--allow-empty', '--message', message)
      await git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`)
      return await git('rev-parse', 'HEAD')
    },
  }
}

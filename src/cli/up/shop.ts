import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)

/** The sample shop as it comes with the program, and the changes that break it. */
export const shopFolder = fileURLToPath(new URL('../../../examples/shop', import.meta.url))

export type Chapter = z.infer<typeof Chapter> & { readonly folder: string }
const Chapter = z.object({
  number: z.number(),
  title: z.string(),
  branch: z.string(),
  author: z.object({ name: z.string(), email: z.string() }),
  message: z.string(),
})

export async function readChapters(): Promise<readonly Chapter[]> {
  const root = join(shopFolder, 'chapters')
  const names = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  return await Promise.all(
    names.sort().map(async (name) => {
      const folder = join(root, name)
      return { ...Chapter.parse(JSON.parse(await readFile(join(folder, 'chapter.json'), 'utf8'))), folder }
    }),
  )
}

/** A working copy beside the bare repository: changes are committed and pushed as a person would. */
export interface WorkingCopy {
  /** Commit the shop as it is to `main` and push it; the commit. */
  pushBase(): Promise<string>
  /** Put a chapter's files over `main`, commit as its author, push; the commit. */
  pushChapter(chapter: Chapter): Promise<string>
  /** Push the chapter once more without a change: the first time luck was with it. */
  pushAgain(chapter: Chapter): Promise<string>
}

export async function openWorkingCopy(folder: string, bare: string): Promise<WorkingCopy> {
  const git = async (...args: string[]) =>
    (await run('git', ['-C', folder, ...identity, ...args], { env: environment() })).stdout.trim()
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await git('init', '--quiet', '--initial-branch=main')
  await git('remote', 'add', 'origin', bare)
  await git('fetch', '--quiet', 'origin').catch(() => undefined)
  if (await git('rev-parse', '--verify', '--quiet', 'origin/main').catch(() => ''))
    await git('reset', '--quiet', '--hard', 'origin/main')

  async function commitAndPush(branch: string, author: Chapter['author'], message: string): Promise<string> {
    await git('add', '--all', '--force', '.')
    await git('commit', '--quiet', '--allow-empty', `--author=${author.name} <${author.email}>`, '--message', message)
    await git('push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${branch}`)
    return await git('rev-parse', 'HEAD')
  }

  return {
    async pushBase() {
      await cp(shopFolder, folder, { recursive: true, filter: isSource })
      return await commitAndPush('main', { name: 'The shop', email: 'shop@shop.example' }, 'Open the shop')
    },
    async pushChapter(chapter) {
      await git('checkout', '--quiet', '--force', '-B', chapter.branch, 'main')
      await cp(join(chapter.folder, 'files'), folder, { recursive: true })
      return await commitAndPush(chapter.branch, chapter.author, chapter.message)
    },
    async pushAgain(chapter) {
      await git('checkout', '--quiet', '--force', chapter.branch)
      return await commitAndPush(chapter.branch, chapter.author, `${chapter.message} (again)`)
    },
  }
}

const identity = [
  '-c',
  'user.name=The shop',
  '-c',
  'user.email=shop@shop.example',
  '-c',
  'commit.gpgsign=false',
  '-c',
  'core.hooksPath=/dev/null',
]

/** The chapters are not part of the shop, nor what it built. */
function isSource(path: string): boolean {
  return !/[\\/](chapters|build|node_modules)([\\/]|$)/.test(path.slice(shopFolder.length))
}

/** A repository of the user's own that the program was started in must not be meant. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
}

import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { copyFile, cp, lstat, mkdir, readdir, readlink, symlink } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Copy a folder's files as they are: of a git repository those that git does not ignore, uncommitted ones included,
 * and its history; of any other folder everything.
 */
export async function copyFolder(from: string, to: string): Promise<{ readonly files: number; readonly git: boolean }> {
  const files = await listGitFiles(from)
  if (!files) {
    await cp(from, to, { recursive: true, verbatimSymlinks: true })
    return { files: (await readdir(to, { recursive: true })).length, git: false }
  }
  const git = await cloneHistory(from, to)
  for (const file of files) await copyEntry(path.join(from, file), path.join(to, file))
  return { files: files.length, git }
}

/** Files that git knows or would add, relative to the folder; undefined where git knows nothing of the folder. */
async function listGitFiles(folder: string): Promise<readonly string[] | undefined> {
  try {
    const args = ['-C', folder, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
    const { stdout } = await run('git', args, { maxBuffer: 256 * 1024 * 1024 })
    return stdout.split('\0').filter((file) => file !== '')
  } catch {
    return undefined
  }
}

/** False when there is no commit yet, or the folder is only a part of a repository: then there is no history to give. */
async function cloneHistory(from: string, to: string): Promise<boolean> {
  try {
    const { stdout } = await run('git', ['-C', from, 'rev-parse', '--show-prefix', '--verify', 'HEAD'])
    if (stdout.split('\n')[0] !== '') return false
    await run('git', ['clone', '--quiet', '--no-checkout', '--', from, to])
    await run('git', ['-C', to, 'reset', '--quiet'])
    return true
  } catch {
    return false
  }
}

async function copyEntry(from: string, to: string): Promise<void> {
  const stats = await lstat(from).catch(() => undefined)
  // Deleted, though git still knows it.
  if (!stats) return
  await mkdir(path.dirname(to), { recursive: true })
  if (stats.isSymbolicLink()) await symlink(await readlink(from), to)
  else if (stats.isFile()) await copyFile(from, to, constants.COPYFILE_FICLONE)
  // A repository inside the repository.
  else if (stats.isDirectory()) await cp(from, to, { recursive: true, verbatimSymlinks: true })
}

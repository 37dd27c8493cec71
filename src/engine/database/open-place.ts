import { createHash } from 'node:crypto'
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Invalid } from '../../base/errors.ts'
import { clearLeftOver } from './postmaster.ts'

/** Where clusters and programs lie when root's folders are closed to the account that runs the server. */
export const openPlace = '/var/lib/mendline'

/** A new folder each time, never one that is there: after a move of the data folder its name may mean other data. */
export async function makeOpenHome(dir: string): Promise<string> {
  try {
    await mkdir(openPlace, { recursive: true })
    await chmod(openPlace, 0o755)
    await sweep()
    const home = await mkdtemp(join(openPlace, `${createHash('sha256').update(dir).digest('hex').slice(0, 12)}-`))
    await chmod(home, 0o755)
    await writeFile(join(home, note), `${dir}\n`)
    return home
  } catch (cause) {
    throw new Invalid(
      `root's PostgreSQL runs under another account, which can enter neither ${dir} nor a folder in ${openPlace}: ` +
        'choose a folder that others may enter with --data',
      { cause },
    )
  }
}

const note = 'belongs-to'

/** Removes clusters of data folders that are gone, but only of temporary ones: others may have been moved. */
async function sweep(): Promise<void> {
  for (const name of await readdir(openPlace)) {
    const home = join(openPlace, name)
    const dir = (await readFile(join(home, note), 'utf8').catch(() => '')).trim()
    if (!dir.startsWith(join(tmpdir(), '/')) || (await exists(dir))) continue
    await clearLeftOver(join(home, 'postgres'))
    await rm(home, { recursive: true, force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

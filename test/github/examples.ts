import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

/** Real material, where the machine has it: `MENDLINE_EXAMPLES`, or `../shared/data` beside the checkout. Never part of the repository. */
const folder = process.env.MENDLINE_EXAMPLES ?? resolve(import.meta.dirname, '../../../shared/data')

export interface Example {
  readonly path: string
  /** Name of the folder that it lies in. */
  readonly group: string
  readonly bytes: Buffer
}

/** Every file of one archive whose path matches; none when the archive is not there. */
export async function examples(archive: string, pattern: RegExp): Promise<readonly Example[]> {
  const source = join(folder, archive)
  if (!existsSync(source)) return []
  const target = await mkdtemp(join(tmpdir(), 'mendline-examples-'))
  try {
    await promisify(execFile)('tar', ['-xJf', source, '-C', target])
    const found = await readdir(target, { recursive: true })
    const paths = found.filter((path) => pattern.test(path)).sort()
    return await Promise.all(
      paths.map(async (path) => ({ path, group: basename(dirname(path)), bytes: await readFile(join(target, path)) })),
    )
  } finally {
    await rm(target, { recursive: true, force: true })
  }
}

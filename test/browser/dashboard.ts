import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
const web = fileURLToPath(new URL('../../web', import.meta.url))

/** Builds the dashboard as it is now, once for all test files; gives the folder to serve. */
export async function builtDashboard(): Promise<string> {
  const folder = join(tmpdir(), `mendline-dashboard-${fingerprint()}`)
  if (existsSync(folder)) return folder
  const own = `${folder}.${randomUUID()}`
  // In its own process: a test's NODE_ENV would build React for development.
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', own], {
    cwd: web,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  try {
    renameSync(own, folder)
  } catch (error) {
    // Another test file was quicker; the two builds are the same.
    rmSync(own, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of ['index.html', 'vite.config.ts', 'package.json', ...under('src'), ...under('public')]) {
    hash.update(file).update(readFileSync(join(web, file)))
  }
  return hash.digest('hex').slice(0, 16)
}

function under(folder: string): string[] {
  const inside = readdirSync(join(web, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  return inside.filter((file) => statSync(join(web, file)).isFile() && !file.includes('.test.')).sort()
}

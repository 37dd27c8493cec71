import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clusterDatabase, clusterUser } from './cluster.ts'

/**
 * The address of the embedded server that another process runs on a data folder, as PostgreSQL itself writes it down;
 * undefined when none does.
 */
export async function runningEmbedded(dir: string): Promise<string | undefined> {
  const [status, password] = await Promise.all([
    quietly(join(dir, 'postgres', 'postmaster.pid')),
    quietly(join(dir, 'postgres.password')),
  ])
  const [pid, , , port] = status?.split('\n') ?? []
  if (password === undefined || port === undefined || !lives(Number(pid))) return undefined
  return `postgres://${clusterUser}:${password.trim()}@127.0.0.1:${Number(port)}/${clusterDatabase}`
}

async function quietly(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined)
}

/** A server that was killed leaves its file behind. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

import { readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Unavailable } from '../../base/errors.ts'

/** What a PostgreSQL server says about itself in the `postmaster.pid` of its data folder. */
export interface Postmaster {
  readonly pid: number
  readonly ready: boolean
}

export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(data), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined
}

/**
 * Ends a server that outlived the process that had started it (kill -9 leaves it running). A pid file whose pid belongs
 * to some other program by now is removed, for PostgreSQL would refuse to start; any other it judges best itself.
 */
export async function clearLeftOver(data: string): Promise<void> {
  const left = await readPostmaster(data)
  if (left === undefined || !isRunning(left.pid)) return
  if (await isServerOf(left.pid, data)) await stopServer(left.pid, () => isServerOf(left.pid, data))
  else await rm(pidFile(data), { force: true })
}

/** Fast shutdown, then harder: SIGINT ends sessions cleanly, SIGQUIT leaves recovery to the next start. */
export async function stopServer(pid: number, isRunning: () => Promise<boolean> | boolean): Promise<void> {
  for (const [signal, limitMs] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!sendSignal(pid, signal)) return
    const deadline = performance.now() + limitMs
    while (performance.now() < deadline) {
      if (!(await isRunning())) return
      await pause(10)
    }
  }
  throw new Unavailable(`PostgreSQL (process ${pid}) does not end, not even by SIGKILL`)
}

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A pid is reused sooner or later, so the process must also have the data folder as its working folder. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (process.platform !== 'linux') return isRunning(pid)
  return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === data
}

function pidFile(data: string): string {
  return join(data, 'postmaster.pid')
}

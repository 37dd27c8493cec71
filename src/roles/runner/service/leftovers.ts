import { rmSync } from 'node:fs'
import { sep } from 'node:path'
import { realPause } from '../../../base/retry.ts'
import { listPids, readEnvironment } from '../execute/proc.ts'

/**
 * Kill what a dead runner's job left running here and remove its folder. Such processes are known by the scratch folder
 * in the environment they were started with, which no other job has.
 */
export async function clearLeftovers(folder: string): Promise<void> {
  for (let tries = 0; tries < 50 && killAll(folder) > 0; tries++) await realPause(20)
  rmSync(folder, { recursive: true, force: true })
}

function killAll(folder: string): number {
  const left = listPids().filter((pid) => readEnvironment(pid, 'RUNNER_TEMP')?.startsWith(folder + sep))
  for (const pid of left) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended in the meantime.
    }
  }
  return left.length
}

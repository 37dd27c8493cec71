import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { RunnerLife } from '../../../adapters/native/jobs/memory.ts'
import { newId } from '../../../base/ids.ts'
import { readProcess } from '../execute/proc.ts'

export function thisRunner(name: string): RunnerLife {
  const startTicks = readProcess(process.pid)?.startTicks
  return { id: newId(), name, host, pid: process.pid, pidStarted: startTicks === undefined ? null : String(startTicks) }
}

/** Does the process of this runner no longer exist? Undefined where that cannot be seen from here. */
export function isGone(runner: RunnerLife): boolean | undefined {
  if (runner.host !== host || runner.pidStarted === null) return undefined
  return String(readProcess(runner.pid)?.startTicks) !== runner.pidStarted
}

/** Names a place where pids mean the same: host names repeat, so boot and pid namespace belong to it. */
const host = [hostname(), bootId(), pidNamespace()].join(' ')

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

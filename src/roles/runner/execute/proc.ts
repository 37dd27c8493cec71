import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** What Linux tells of one process. */
export interface ProcessFacts {
  readonly pid: number
  readonly parent: number
  readonly session: number
  /** One letter: R runs, S sleeps, D waits for a device, T is stopped, Z is dead and not yet collected. */
  readonly state: string
  /** With the pid the identity of a process: pids are used again. */
  readonly startTicks: number
  /** Processor time of its own and of all children it has collected. */
  readonly cpuMs: number
  readonly residentBytes: number
}

export const canSeeProcesses = process.platform === 'linux'

const { pageBytes, tickMs } = readUnits()

export function listPids(): number[] {
  if (!canSeeProcesses) return []
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0)
  } catch {
    // Out of file descriptors for a moment: the next look will see.
    return []
  }
}

/** Undefined when there is no such process any more. */
export function readProcess(pid: number): ProcessFacts | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The name stands in parentheses and may hold anything, also parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const number = (index: number) => Number(fields[index - 3])
  return {
    pid,
    state: fields[0] ?? '?',
    parent: number(4),
    session: number(6),
    startTicks: number(22),
    cpuMs: (number(14) + number(15) + number(16) + number(17)) * tickMs,
    residentBytes: number(24) * pageBytes,
  }
}

/** The value of a variable in the environment that a process was started with. */
export function readEnvironment(pid: number, name: string): string | undefined {
  const entry = readText(`/proc/${pid}/environ`)
    ?.split('\0')
    .find((pair) => pair.startsWith(`${name}=`))
  return entry?.slice(name.length + 1)
}

/** What the standard output and error of a process lead to, such as `socket:[4711]`: the same for all that inherited it. */
export function readOutputs(pid: number): readonly string[] {
  return [1, 2].flatMap((descriptor) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${descriptor}`)
    } catch {
      return []
    }
  })
}

export function readCommand(pid: number): string {
  const line = readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim()
  return line || readText(`/proc/${pid}/comm`)?.trim() || '?'
}

/** What a sleeping process waits on, in words where the kernel's name is known. */
export function readWaitingOn(pid: number): string | undefined {
  const channel = readText(`/proc/${pid}/wchan`)?.trim()
  if (!channel || channel === '0') return undefined
  const known = waitWords.find(([part]) => channel.includes(part))
  return known ? `${known[1]} (${channel})` : channel
}

const waitWords: readonly (readonly [string, string])[] = [
  ['futex', 'a lock'],
  ['epoll', 'events'],
  ['ep_poll', 'events'],
  ['poll_schedule', 'events'],
  ['nanosleep', 'a timer'],
  ['do_wait', 'a child process'],
  ['pipe', 'a pipe'],
  ['accept', 'a connection'],
  ['sk_wait', 'the network'],
  ['unix_stream', 'a local socket'],
  ['flock', 'a file lock'],
  ['sigsuspend', 'a signal'],
  ['sigtimedwait', 'a signal'],
  ['n_tty', 'input from a terminal'],
]

/** Page size and clock tick from the vector that the kernel hands every process; the usual ones where it is absent. */
function readUnits(): { pageBytes: number; tickMs: number } {
  const units = { pageBytes: 4096, tickMs: 10 }
  if (!canSeeProcesses) return units
  const vector = readFileSync('/proc/self/auxv')
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    const value = Number(vector.readBigUInt64LE(at + 8))
    if (vector.readBigUInt64LE(at) === 6n) units.pageBytes = value
    if (vector.readBigUInt64LE(at) === 17n) units.tickMs = 1_000 / value
  }
  return units
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process ended, or belongs to someone whose processes are not ours to see.
    return undefined
  }
}

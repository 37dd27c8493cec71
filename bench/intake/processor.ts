import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts processor time of other processes in ticks of 10 ms. */
const tickMs = 10

/**
 * Milliseconds of processor that a process and its children have used, those that have ended included. Unlike a rate it
 * is nearly the same on a busy machine. Read from `/proc`; 0 where there is none.
 */
export function familyMs(pid: number): number {
  try {
    return processes()
      .filter((one) => one.pid === pid || one.parent === pid)
      .reduce((sum, one) => sum + one.ms + (one.pid === pid ? one.endedMs : 0), 0)
  } catch {
    return 0
  }
}

function processes() {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) => {
    const stat = statOf(pid)
    if (stat === undefined) return []
    // After the name, which may hold anything: state, parent, …; the times are fields 14 to 17 of the line.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [own = 0, system = 0, ended = 0, endedSystem = 0] = fields.slice(11, 15)
    return [
      { pid: Number(pid), parent: fields[1], ms: (own + system) * tickMs, endedMs: (ended + endedSystem) * tickMs },
    ]
  })
}

function statOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined // it has ended meanwhile
  }
}

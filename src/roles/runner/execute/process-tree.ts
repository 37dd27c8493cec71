import { canSeeProcesses, listPids, type ProcessFacts, readEnvironment, readOutputs, readProcess } from './proc.ts'

/** The variable by which a process is known to belong to a job, also after it left its parent and its session. */
export const trackingVariable = 'RUNNER_TRACKING_ID'

/** A living process of the tree, and which of the started commands it comes from. */
export interface Member extends ProcessFacts {
  readonly root: number
}

/**
 * All processes that come from the commands a job started, however they detached themselves: by parent, by session,
 * by the tracking variable in their environment, or by the output they inherited. What once belonged stays a member
 * until it dies. Only a process that sheds all four within one look can slip away.
 */
export interface ProcessTree {
  /** The value of the tracking variable for the n-th command. */
  marker(command: number): string
  /** A command was started as this process, the leader of its own session. */
  add(command: number, pid: number): void
  /** Look at the machine now. Processes that are dead and only not collected are left out. */
  scan(): readonly Member[]
  /** Send a signal to every member (of one command); returns how many were there. */
  signal(signal: NodeJS.Signals, command?: number): number
}

export function createProcessTree(id: string): ProcessTree {
  const members = new Map<number, { startTicks: number; root: number; session: number }>()
  const roots = new Map<number, number>()
  const outputs = new Map<string, number>()
  let strangers = new Set<number>()

  const rootOf = (facts: ProcessFacts): number | undefined => {
    const known = members.get(facts.parent)?.root ?? roots.get(facts.session) ?? roots.get(facts.pid)
    if (known !== undefined) return known
    const marker = readEnvironment(facts.pid, trackingVariable)
    if (marker?.startsWith(`${id}.`)) return Number(marker.slice(id.length + 1))
    return readOutputs(facts.pid)
      .map((output) => outputs.get(output))
      .find((root) => root !== undefined)
  }

  const look = (pid: number): Member | undefined => {
    const facts = readProcess(pid)
    if (!facts) return undefined
    const known = members.get(pid)
    const root = known?.startTicks === facts.startTicks ? known.root : rootOf(facts)
    if (root === undefined) return undefined
    members.set(pid, { startTicks: facts.startTicks, root, session: facts.session })
    return { ...facts, root }
  }

  const scan = (): Member[] => {
    const living: Member[] = []
    const others = new Set<number>()
    const seen = new Set<number>()
    for (const pid of listPids()) {
      seen.add(pid)
      if (strangers.has(pid)) others.add(pid)
      else {
        const member = look(pid)
        if (!member) others.add(pid)
        else if (member.state !== 'Z' && member.state !== 'X') living.push(member)
      }
    }
    for (const pid of members.keys()) if (!seen.has(pid)) members.delete(pid)
    strangers = others
    return living
  }

  return {
    marker: (command) => `${id}.${command}`,
    add: (command, pid) => {
      roots.set(pid, command)
      for (const output of readOutputs(pid)) if (/^(?:pipe|socket):/.test(output)) outputs.set(output, command)
      strangers.delete(pid)
    },
    scan,
    signal(signal, command) {
      // A full look: a pid that was a stranger's may be ours by now.
      strangers = new Set()
      const targets = scan().filter((member) => command === undefined || member.root === command)
      for (const { pid } of targets) send(pid, signal)
      if (canSeeProcesses) return targets.length
      const leaders = [...roots].filter(([, root]) => command === undefined || root === command)
      return leaders.filter(([pid]) => send(-pid, signal)).length
    },
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    // It ended in the meantime.
    return false
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Clock } from '../../../base/clock.ts'
import type { Stall } from '../../../model/run.ts'
import { createLineSplitter, type LineSink } from './lines.ts'
import { canSeeProcesses, readCommand, readWaitingOn } from './proc.ts'
import { createProcessTree, type Member, type ProcessTree, trackingVariable } from './process-tree.ts'
import { createQuietWatch } from './quiet.ts'

interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly output: LineSink
  /** Abort ends the command and everything that came from it. */
  readonly signal: AbortSignal
}

export type Exit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'out-of-memory'; readonly usedBytes: number; readonly limitBytes: number }
  | { readonly kind: 'not-started'; readonly because: string }

export interface Supervision {
  readonly memoryLimitBytes?: number | undefined
  readonly stallAfterMs?: number | undefined
  readonly graceMs?: { readonly interrupt: number; readonly terminate: number } | undefined
  readonly clock: Clock
  stalled?(stall: Stall): void
}

/**
 * The processes of one job: started, measured and ended together. A command may leave processes behind for later
 * steps, as on GitHub; `end` leaves nothing.
 */
export interface Processes {
  run(command: Command): Promise<Exit>
  /** Kill what is left; answers what it was. */
  end(): Promise<readonly string[]>
  /** The most memory that the whole tree held at once; undefined where processes cannot be seen. */
  peakMemoryBytes(): number | undefined
}

const pollEveryMs = 100
/** How long output may still arrive from a command that has ended, when a process it left holds its pipe open. */
const drainMs = 100
const githubGraceMs = { interrupt: 7_500, terminate: 2_500 }

export function createProcesses(id: string, supervision: Supervision): Processes {
  const { clock, memoryLimitBytes } = supervision
  const tree = createProcessTree(id)
  const quiet = createQuietWatch(supervision.stallAfterMs ?? Number.POSITIVE_INFINITY)
  let commands = 0
  let peak = 0
  let cpuMs = 0
  let lastCpuMs = 0
  let lastLine = ''
  let running = 0
  let exceeded: number | undefined
  let timer: NodeJS.Timeout | undefined

  const watch = () => {
    const members = tree.scan()
    const resident = members.reduce((sum, member) => sum + member.residentBytes, 0)
    peak = Math.max(peak, resident)
    // Collected children count in their parent; one that nobody collects takes its time with it, so only growth counts.
    const cpuNow = members.reduce((sum, member) => sum + member.cpuMs, 0)
    cpuMs += Math.max(cpuNow - lastCpuMs, 0)
    lastCpuMs = cpuNow
    if (memoryLimitBytes !== undefined && resident > memoryLimitBytes && exceeded === undefined) {
      exceeded = resident
      tree.signal('SIGKILL')
    }
    const stall = running > 0 ? quiet.check(clock.monotonicMs(), cpuMs) : undefined
    if (stall) supervision.stalled?.({ ...stall, lastLine, processes: members.map(describeMember) })
    timer = setTimeout(watch, pollEveryMs)
    timer.unref()
  }

  const run = async (command: Command): Promise<Exit> => {
    commands += 1
    const number = commands
    exceeded = undefined
    const child = start(command, tree.marker(number))
    const started = child instanceof Error ? child : await whenStarted(child)
    if (child instanceof Error || started instanceof Error) {
      const because = started instanceof Error ? started.message : 'it has no process id'
      return { kind: 'not-started', because: `cannot start '${command.file}' in '${command.cwd}': ${because}` }
    }
    tree.add(number, started)
    running += 1
    quiet.heard(clock.monotonicMs(), cpuMs)
    if (timer === undefined && canSeeProcesses) watch()
    const hear: LineSink = (text, more) => {
      lastLine = text
      quiet.heard(clock.monotonicMs(), cpuMs)
      command.output(text, more)
    }
    const drained = drain(child, hear)
    const ended = new AbortController()
    const stopping = stopOnAbort(command.signal, ended.signal, tree, number, supervision.graceMs ?? githubGraceMs)
    const exit = await whenExited(child)
    // The children of a cancelled command may outlive it: wait until they are gone as well.
    if (command.signal.aborted) await stopping
    ended.abort()
    await Promise.all([drained(), stopping])
    running -= 1
    if (exceeded !== undefined && memoryLimitBytes !== undefined)
      return { kind: 'out-of-memory', usedBytes: exceeded, limitBytes: memoryLimitBytes }
    return exit
  }

  const end = async () => {
    const left = tree.scan().map(({ pid }) => `${pid} ${readCommand(pid)}`)
    for (let tries = 0; tree.signal('SIGKILL') > 0 && tries < 100; tries++) await pause(20)
    clearTimeout(timer)
    timer = undefined
    return left
  }

  return { run, end, peakMemoryBytes: () => (canSeeProcesses ? peak : undefined) }
}

function describeMember({ pid, state }: Member): Stall['processes'][number] {
  return { pid, command: readCommand(pid).slice(0, 200), state, waitingOn: readWaitingOn(pid) }
}

function start(command: Command, marker: string): ChildProcess | Error {
  if (!existsSync(command.cwd)) return new Error('that folder does not exist')
  try {
    return spawn(command.file, command.args, {
      cwd: command.cwd,
      env: { ...command.env, [trackingVariable]: marker },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch (error) {
    // A zero byte in an argument or in the environment.
    return error instanceof Error ? error : new Error(String(error))
  }
}

function whenStarted(child: ChildProcess): Promise<number | Error> {
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(child.pid ?? new Error('it has no process id')))
    child.once('error', resolve)
  })
}

function whenExited(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(code === null ? { kind: 'killed', signal: signal ?? 'unknown' } : { kind: 'exited', code }),
    )
  })
}

/** Read both streams; the answer waits, once the command has ended, until what it wrote is in. */
function drain(child: ChildProcess, output: LineSink): () => Promise<void> {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null)
  let lastDataAt = 0
  let open = streams.length
  let over = false
  const splitters = streams.map((stream) => {
    const splitter = createLineSplitter(output)
    stream.on('data', (chunk: Buffer) => {
      lastDataAt = performance.now()
      // A process left behind may go on writing: nobody listens, but its pipe must not break.
      if (!over) splitter.push(chunk)
    })
    // A pipe that breaks ends like one that closes: what the process came to is told by its exit.
    stream.on('error', () => stream.destroy())
    stream.once('close', () => {
      open -= 1
    })
    return splitter
  })
  return async () => {
    const exitedAt = performance.now()
    const waitUntil = () => Math.min(exitedAt + 5 * drainMs, Math.max(exitedAt, lastDataAt) + drainMs)
    // Some turns in any case: on a busy machine the time may be over before anything was read.
    for (let turn = 0; open > 0 && (turn < 10 || performance.now() < waitUntil()); turn++) await pause(5)
    over = true
    for (const splitter of splitters) splitter.end()
  }
}

/** SIGINT, SIGTERM, SIGKILL: each to everything the command started, each with its time. */
async function stopOnAbort(
  signal: AbortSignal,
  ended: AbortSignal,
  tree: ProcessTree,
  command: number,
  graceMs: { readonly interrupt: number; readonly terminate: number },
): Promise<void> {
  if (!(await whenAborted(signal, ended))) return
  if (await endWith('SIGINT', graceMs.interrupt)) return
  if (await endWith('SIGTERM', graceMs.terminate)) return
  for (let tries = 0; tree.signal('SIGKILL', command) > 0 && tries < 100; tries++) await pause(20)

  async function endWith(kind: NodeJS.Signals, limitMs: number): Promise<boolean> {
    if (tree.signal(kind, command) === 0) return true
    const deadline = performance.now() + limitMs
    while (performance.now() < deadline) {
      await pause(20)
      if (!tree.scan().some((member) => member.root === command)) return true
    }
    return false
  }
}

/** False when the command ended first. */
function whenAborted(signal: AbortSignal, ended: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(true)
  return new Promise((resolve) => {
    const settle = () => {
      signal.removeEventListener('abort', settle)
      ended.removeEventListener('abort', settle)
      resolve(signal.aborted && !ended.aborted)
    }
    signal.addEventListener('abort', settle)
    ended.addEventListener('abort', settle)
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

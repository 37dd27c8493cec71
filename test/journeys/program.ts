import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../bin/mendline.mjs', import.meta.url))

/** `mendline` as somebody starts it at their prompt, and what it has printed. */
export interface Program {
  readonly output: () => string
  /** Resolves with the match as soon as it was printed; fails when the program ends before. */
  says(words: RegExp): Promise<RegExpExecArray>
  /** What Ctrl-C does. */
  interrupt(): void
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>
  kill(): void
}

export function start(args: readonly string[], options: { readonly cwd?: string } = {}): Program {
  const child = spawn(process.execPath, [bin, ...args], {
    ...options,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  const listeners = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part
    for (const listen of listeners) listen()
  })
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output, errors }))
  return {
    output: () => output,
    ended,
    async says(words) {
      const { promise, resolve } = Promise.withResolvers<RegExpExecArray>()
      const look = () => {
        const match = words.exec(output)
        if (match !== null) resolve(match)
      }
      listeners.add(look)
      look()
      const gone = ended.then(({ code }) => {
        throw new Error(`it ended with ${code} and never said ${words}:\n${output}\n${errors}`)
      })
      return await Promise.race([promise, gone]).finally(() => listeners.delete(look))
    },
    interrupt: () => void child.kill('SIGINT'),
    kill: () => void child.kill('SIGKILL'),
  }
}

/** A command from start to end. */
export async function run(...args: readonly string[]): Promise<Awaited<Program['ended']>> {
  return await start(args).ended
}

/** Every process that runs in a folder or speaks of it, as the kernel knows them. */
export function processesIn(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .map((pid) => ({ pid, command: commandOf(pid), cwd: read(() => readlinkSync(`/proc/${pid}/cwd`)) }))
    .filter(({ command, cwd }) => command.includes(folder) || cwd.startsWith(folder))
    .map(({ pid, command, cwd }) => `${pid} ${command} in ${cwd}`)
}

export function commandOf(pid: string): string {
  return read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim())
}

/** Processes come and go while one looks. */
function read(what: () => string): string {
  try {
    return what()
  } catch {
    return ''
  }
}

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Boundary } from '../../src/engine/flows/flows.ts'

/** What the test tells a process. */
export type Order =
  | { readonly kind: 'arm'; readonly step: string; readonly at: Boundary['at']; readonly pid?: number | undefined }
  | { readonly kind: 'launch' }

/** What a process tells the test. */
export type Word =
  | { readonly kind: 'ready'; readonly url?: string | undefined; readonly pid: number }
  | { readonly kind: 'boundary'; readonly step: string; readonly at: Boundary['at'] }
  | { readonly kind: 'heard' }

/** A process of an installation that the test may kill. */
export interface RoleProcess {
  readonly pid: number
  readonly url: string | undefined
  /** Every boundary that a flow passed here, in order. */
  readonly passed: readonly { readonly step: string; readonly at: Boundary['at'] }[]
  /** Another process, or this one, dies at a boundary; resolves once this one has heard it. */
  arm(death: Omit<Extract<Order, { kind: 'arm' }>, 'kind'>): Promise<void>
  /** Let an understudy do its work; resolves once it does. */
  launch(): Promise<void>
  readonly ended: Promise<void>
  kill(): Promise<void>
}

export async function startRole(env: Readonly<Record<string, string>>): Promise<RoleProcess> {
  const child = fork(new URL('./role.ts', import.meta.url), {
    execPath: process.execPath,
    execArgv: ['--disable-warning=DeprecationWarning'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      LOG_LEVEL: 'error',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaints = ''
  child.stderr?.on('data', (part: Buffer) => {
    complaints = (complaints + part.toString()).slice(-4_000)
  })
  const passed: { step: string; at: Boundary['at'] }[] = []
  const ended = once(child, 'exit').then(() => undefined)
  child.on('message', (word: Word) => {
    if (word.kind === 'boundary') passed.push({ step: word.step, at: word.at })
  })
  const ready = await next(child, 'ready', () => complaints)
  return {
    pid: ready.pid,
    url: ready.url,
    passed,
    ended,
    async arm(death) {
      child.send({ kind: 'arm', ...death } satisfies Order)
      await next(child, 'heard', () => complaints)
    },
    async launch() {
      child.send({ kind: 'launch' } satisfies Order)
      await next(child, 'ready', () => complaints)
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** The next word of a kind that the process says. */
async function next<K extends Word['kind']>(child: ChildProcess, kind: K, complaints: () => string) {
  return await new Promise<Extract<Word, { kind: K }>>((resolve, reject) => {
    const settle = (end: () => void) => {
      child.off('message', listen)
      child.off('exit', die)
      end()
    }
    const listen = (word: Word) => {
      if (word.kind === kind) settle(() => resolve(word as Extract<Word, { kind: K }>))
    }
    const die = () => settle(() => reject(new Error(`the process ended before it was ${kind}: ${complaints()}`)))
    child.on('message', listen)
    child.on('exit', die)
  })
}

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
  /** Resolves once the process has heard it. */
  order(order: Order): Promise<void>
  readonly ended: Promise<void>
  kill(): Promise<void>
}

export async function startRole(env: Readonly<Record<string, string>>): Promise<RoleProcess> {
  const child = fork(new URL('./role.ts', import.meta.url), {
    execPath: process.execPath,
    execArgv: ['--disable-warning=DeprecationWarning'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaints = ''
  child.stderr?.on('data', (part: Buffer) => {
    complaints = (complaints + part.toString()).slice(-4_000)
  })
  const passed: { step: string; at: Boundary['at'] }[] = []
  const ended = once(child, 'exit').then(() => undefined)
  const ready = await firstWord(child, passed, () => complaints)
  return {
    pid: ready.pid,
    url: ready.url,
    passed,
    ended,
    async order(order) {
      const heard = new Promise<void>((resolve) => {
        const listen = (word: Word) => {
          if (word.kind !== 'heard') return
          child.off('message', listen)
          resolve()
        }
        child.on('message', listen)
      })
      child.send(order)
      await heard
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function firstWord(
  child: ChildProcess,
  passed: { step: string; at: Boundary['at'] }[],
  complaints: () => string,
) {
  return await new Promise<Extract<Word, { kind: 'ready' }>>((resolve, reject) => {
    child.on('message', (word: Word) => {
      if (word.kind === 'ready') resolve(word)
      if (word.kind === 'boundary') passed.push({ step: word.step, at: word.at })
    })
    child.once('exit', () => reject(new Error(`the process ended before it was ready: ${complaints()}`)))
  })
}

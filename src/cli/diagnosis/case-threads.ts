import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DiagnosisAnswer } from '../../contract/diagnosis.ts'
import { undiagnosed } from './answer.ts'
import { readCase } from './case.ts'

/** Answers cases on every core: reading a log is all computing. */
export interface CaseThreads {
  /** Cases worth handing in at a time, so that no thread waits while one case takes long. */
  readonly ahead: number
  /** Never fails: a case that costs its thread the life is answered with that. */
  answer(line: string): Promise<DiagnosisAnswer>
  end(): Promise<void>
}

/** `base`: where the paths of the batch are looked for too. `signatures`: a file of them. */
export interface CaseSettings {
  readonly base: string
  readonly signatures?: string | undefined
}

export function createCaseThreads(settings: CaseSettings): CaseThreads {
  const idle: Worker[] = []
  const busy = new Set<Worker>()
  const waiting: (() => void)[] = []

  function start(): Worker {
    return new Worker(new URL(`./case-thread${extname(import.meta.url)}`, import.meta.url), { workerData: settings })
  }
  async function take(): Promise<Worker> {
    while (idle.length === 0 && busy.size >= availableParallelism())
      await new Promise<void>((resolve) => waiting.push(resolve))
    const thread = idle.pop() ?? start()
    busy.add(thread)
    return thread
  }

  return {
    ahead: 32 * availableParallelism(),
    async answer(line) {
      const thread = await take()
      const said = await ask(thread, line)
      busy.delete(thread)
      if (said.kind === 'answer') idle.push(thread)
      waiting.shift()?.()
      return said.kind === 'answer' ? said.answer : whyNone(line, said.error)
    },
    async end() {
      await Promise.all([...idle, ...busy].map(async (thread) => await thread.terminate()))
    },
  }
}

type Said =
  | { readonly kind: 'answer'; readonly answer: DiagnosisAnswer }
  | { readonly kind: 'dead'; readonly error: Error }

async function ask(thread: Worker, line: string): Promise<Said> {
  return await new Promise((resolve) => {
    const answered = (answer: DiagnosisAnswer) => settle({ kind: 'answer', answer })
    const died = (error: Error) => settle({ kind: 'dead', error })
    function settle(said: Said): void {
      thread.off('message', answered)
      if (said.kind === 'answer') thread.off('error', died)
      resolve(said)
    }
    thread.on('message', answered)
    thread.on('error', died)
    thread.postMessage(line)
  })
}

function whyNone(line: string, error: Error): DiagnosisAnswer {
  const read = readCase(line)
  const id = read.kind === 'case' ? read.value.id : (read.id ?? '')
  return undiagnosed(id, `the thread that read this case died: ${error.message}`)
}

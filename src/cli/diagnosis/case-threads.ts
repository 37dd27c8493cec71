import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Answers cases on every core: reading a log is all computing. */
export interface CaseThreads {
  /** Cases worth handing in at a time, so that no thread waits for the next. */
  readonly ahead: number
  answer(line: string): Promise<object>
  end(): Promise<void>
}

export function createCaseThreads(base: string): CaseThreads {
  const idle: Worker[] = []
  const all: Worker[] = []
  const waiting: ((thread: Worker) => void)[] = []

  function start(): Worker {
    const thread = new Worker(new URL(`./case-thread${extname(import.meta.url)}`, import.meta.url), {
      workerData: base,
    })
    all.push(thread)
    return thread
  }
  async function free(): Promise<Worker> {
    const thread = idle.pop()
    if (thread !== undefined) return thread
    if (all.length < availableParallelism()) return start()
    return await new Promise((resolve) => waiting.push(resolve))
  }
  function release(thread: Worker): void {
    const next = waiting.shift()
    if (next === undefined) idle.push(thread)
    else next(thread)
  }

  return {
    ahead: 2 * availableParallelism(),
    async answer(line) {
      const thread = await free()
      thread.postMessage(line)
      // Fails as the thread fails; then the whole batch does.
      const [answer] = (await once(thread, 'message')) as [object]
      release(thread)
      return answer
    },
    async end() {
      await Promise.all(all.map(async (thread) => await thread.terminate()))
    },
  }
}

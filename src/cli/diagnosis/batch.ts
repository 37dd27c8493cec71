import { createReadStream } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { createCaseThreads } from './case-threads.ts'

/**
 * Diagnoses every case of a JSON-lines file and answers in their order; a case that cannot be read gets its reason as
 * answer and the rest go on.
 */
export async function diagnoseBatch(path: string): Promise<number> {
  const threads = createCaseThreads(dirname(resolve(path)))
  const answers: Promise<object>[] = []
  let unread = 0
  async function printNext(): Promise<void> {
    const answer = await answers.shift()
    if (answer === undefined) return
    if ('error' in answer) unread += 1
    console.log(JSON.stringify(answer))
  }
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue
      const answer = threads.answer(line)
      // Its failure is told when its turn comes.
      answer.catch(() => {})
      answers.push(answer)
      if (answers.length >= threads.ahead) await printNext()
    }
    while (answers.length > 0) await printNext()
  } finally {
    await threads.end()
  }
  return unread > 0 ? 3 : 0
}

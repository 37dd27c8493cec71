import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Unavailable } from '../../base/errors.ts'
import type { DiagnosisAnswer } from '../../contract/diagnosis.ts'
import { createCaseThreads } from './case-threads.ts'
import { loadSignatures } from './load-signatures.ts'
import { whyUnreadable } from './read-file.ts'

/**
 * Diagnoses every case of a JSON-lines file and answers in their order; a case that cannot be read gets its reason as
 * answer and the rest go on.
 */
export async function diagnoseBatch(path: string, signatures?: string): Promise<number> {
  // What is wrong with them is said once, before any case is answered.
  await loadSignatures(signatures)
  const input = await openBatch(path)
  const threads = createCaseThreads({ base: path === '-' ? process.cwd() : dirname(resolve(path)), signatures })
  const answers: Promise<DiagnosisAnswer>[] = []
  let unread = 0
  async function printNext(): Promise<void> {
    const answer = await answers.shift()
    if (answer === undefined) return
    if ('error' in answer) unread += 1
    console.log(JSON.stringify(answer))
  }
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue
      answers.push(threads.answer(line))
      if (answers.length >= threads.ahead) await printNext()
    }
    while (answers.length > 0) await printNext()
  } finally {
    await threads.end()
  }
  return unread > 0 ? 3 : 0
}

async function openBatch(path: string): Promise<Readable> {
  if (path === '-') return process.stdin
  try {
    const file = await open(path)
    if (!(await file.stat()).isDirectory()) return file.createReadStream()
    await file.close()
    throw Object.assign(new Error(path), { code: 'EISDIR' })
  } catch (cause) {
    throw new Unavailable(`cannot read the batch ${path}: ${whyUnreadable(cause)}`, { cause })
  }
}

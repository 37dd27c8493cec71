import { createReadStream } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { diagnose } from '../../loops/heal/diagnose.ts'
import { readLogFile } from './read-file.ts'

const Case = z.object({ id: z.string(), log: z.string(), passed: z.string().optional() })

/** Diagnoses every case of a JSON-lines file; a case that cannot be read gets its reason as answer and the rest go on. */
export async function diagnoseBatch(path: string): Promise<number> {
  const base = dirname(resolve(path))
  let unread = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const answer = await answerFor(line, base)
    if ('error' in answer) unread += 1
    console.log(JSON.stringify(answer))
  }
  return unread > 0 ? 3 : 0
}

async function answerFor(line: string, base: string): Promise<object> {
  const parsed = Case.safeParse(asJson(line))
  if (!parsed.success)
    return failed('', `not a case: ${line.slice(0, 80)}; a line is {"id": "…", "log": "path", "passed"?: "path"}`)
  const { id, log, passed } = parsed.data
  const answer = await readLogFile(resolve(base, log))
  if (answer.kind === 'unreadable') return failed(id, answer.sentence)
  const green = passed === undefined ? undefined : await readLogFile(resolve(base, passed))
  if (green?.kind === 'unreadable') return failed(id, green.sentence)
  return { id, ...diagnose(answer.reading, green === undefined ? {} : { passed: green.reading }) }
}

function failed(id: string, error: string): object {
  return { id, schema: 'mendline.diagnosis/1', error }
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

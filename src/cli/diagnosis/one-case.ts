import { resolve } from 'node:path'
import { z } from 'zod'
import { diagnose } from '../../loops/heal/diagnose.ts'
import { readLogFile } from './read-file.ts'

const Case = z.object({ id: z.string(), log: z.string(), passed: z.string().optional() })

/** The answer to a case, or why there is none. Paths are taken from `base`. */
export async function answerCase(line: string, base: string): Promise<object> {
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

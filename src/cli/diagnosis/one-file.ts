import { diagnose, showsFailure } from '../../loops/heal/diagnose.ts'
import type { DiagnoseOptions } from '../diagnose.ts'
import { readLogFile } from './read-file.ts'
import { diagnosisText } from './text.ts'

/** Diagnoses one log and prints the answer; returns the exit code. */
export async function diagnoseFile(path: string, { passed, format }: DiagnoseOptions): Promise<number> {
  const answer = await readLogFile(path)
  const green = passed === undefined ? undefined : await readLogFile(passed)
  for (const each of [answer, green])
    if (each?.kind === 'unreadable') {
      if (format === 'json') console.log(JSON.stringify({ schema: 'mendline.diagnosis/1', error: each.sentence }))
      else console.error(each.sentence)
      return 3
    }
  if (answer.kind !== 'read') return 3
  const { reading } = answer
  const passing = green?.kind === 'read' ? green.reading : undefined
  const diagnosis = diagnose(reading, { passed: passing })
  const failed = showsFailure(reading, diagnosis, passing)
  if (format === 'json') console.log(JSON.stringify(diagnosis, undefined, 2))
  else if (failed) console.log(diagnosisText(diagnosis, terminal()))
  else console.log(`The log shows no failure (${reading.lines} lines).`)
  if (format === 'text' && reading.problem !== undefined) console.error(reading.problem.sentence)
  return failed ? 1 : 0
}

function terminal(): { width: number; colour: boolean } {
  const { isTTY, columns } = process.stdout
  return { width: isTTY ? Math.max(40, columns) : 120, colour: isTTY && !process.env.NO_COLOR }
}

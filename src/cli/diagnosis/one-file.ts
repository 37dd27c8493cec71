import { withReports } from '../../loops/heal/classify/reported.ts'
import { diagnose, showsFailure } from '../../loops/heal/diagnose.ts'
import type { DiagnoseOptions } from '../diagnose.ts'
import { answerOf, undiagnosed } from './answer.ts'
import { loadSignatures } from './load-signatures.ts'
import { readLogFile } from './read-file.ts'
import { readReports } from './read-reports.ts'
import { diagnosisText } from './text.ts'

/** Diagnoses one log and prints the answer; returns the exit code. */
export async function diagnoseFile(
  path: string,
  { passed, format, signatures, report }: DiagnoseOptions,
): Promise<number> {
  const answer = await readLogFile(path, { signatures: await loadSignatures(signatures), whole: passed !== undefined })
  if (answer.kind === 'unreadable') return cannot(answer.sentence, format)
  const green = passed === undefined ? undefined : await readLogFile(passed)
  if (green?.kind === 'unreadable') return cannot(`the passing log: ${green.sentence}`, format)
  const { reading } = answer
  const { reports, problems } = await readReports(report)
  const read = withReports(diagnose(reading, { passed: green?.reading }), reports)
  const diagnosis = { ...read, evidence: [...read.evidence, ...problems] }
  const failed = showsFailure(reading, diagnosis, green?.reading)
  if (format === 'json') console.log(JSON.stringify(answerOf(diagnosis), undefined, 2))
  else if (failed) console.log(diagnosisText(diagnosis, terminal()))
  else console.log(`The log shows no failure (${reading.lines} lines).`)
  if (format === 'text' && reading.problem !== undefined) console.error(reading.problem.sentence)
  return failed ? 1 : 0
}

function cannot(sentence: string, format: string): number {
  if (format === 'json') console.log(JSON.stringify(undiagnosed(undefined, sentence)))
  else console.error(sentence)
  return 3
}

function terminal(): { width: number; colour: boolean } {
  const { isTTY, columns } = process.stdout
  return { width: isTTY ? Math.max(40, columns) : 120, colour: isTTY && !process.env.NO_COLOR }
}

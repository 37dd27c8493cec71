import type { DiagnosisAnswer } from '../../contract/diagnosis.ts'
import { withReports } from '../../loops/heal/classify/reported.ts'
import { diagnose } from '../../loops/heal/diagnose.ts'
import type { KnownSignatures } from '../../loops/heal/signatures/known.ts'
import { answerOf, undiagnosed } from './answer.ts'
import { readCase } from './case.ts'
import { readExamples } from './examples.ts'
import { findLog } from './find-log.ts'
import { readLogFile } from './read-file.ts'
import { readReports } from './read-reports.ts'

/** The answer to a line of a batch, or why there is none; it never fails. Paths are looked for from `base` too. */
export async function answerCase(line: string, base: string, signatures?: KnownSignatures): Promise<DiagnosisAnswer> {
  const read = readCase(line)
  if (read.kind === 'none') return undiagnosed(read.id ?? '', read.sentence)
  const { id, log, passed, examples, reports } = read.value
  try {
    const answer = await readLogFile(findLog(log, base), {
      signatures,
      whole: passed !== undefined || examples.length > 0,
    })
    if (answer.kind === 'unreadable') return undiagnosed(id, answer.sentence)
    const green = passed === undefined ? undefined : await readLogFile(findLog(passed, base))
    if (green?.kind === 'unreadable') return undiagnosed(id, `the passing log: ${green.sentence}`)
    const { labelled, problems } = await readExamples(examples, base)
    const beside = await readReports(reports.map((report) => findLog(report, base)))
    const diagnosis = withReports(
      diagnose(answer.reading, { passed: green?.reading, examples: labelled }),
      beside.reports,
    )
    return answerOf({ ...diagnosis, evidence: [...diagnosis.evidence, ...problems, ...beside.problems] }, id)
  } catch (error) {
    return undiagnosed(id, `diagnosing ${log} failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

import type { Diagnosed, Undiagnosed } from '../../contract/diagnosis.ts'
import { remedyOdds } from '../../loops/heal/remedies/odds.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'

/** A diagnosis in the words that are published. */
export function answerOf(diagnosis: Diagnosis, id?: string): Diagnosed {
  const { location, tests, fingerprint, transience } = diagnosis
  return {
    ...(id === undefined ? {} : { id }),
    schema: diagnosis.schema,
    log: diagnosis.log,
    excerpts: diagnosis.excerpts.map(({ start, end, score, why, text }) => ({
      start,
      end,
      score,
      why,
      text: [...text],
    })),
    category: diagnosis.category,
    confidence: diagnosis.confidence,
    abstained: diagnosis.abstained,
    categories: diagnosis.categories.map(({ category, p }) => ({ category, p })),
    phase: diagnosis.phase,
    outcome: diagnosis.outcome,
    owner: diagnosis.owner,
    transience: { verdict: transience.verdict, p: transience.p, why: transience.why },
    fingerprint: { exact: fingerprint.exact, family: fingerprint.family, version: fingerprint.version },
    ...given('tool', diagnosis.tool),
    ...given('exitCode', diagnosis.exitCode),
    ...given('ending', diagnosis.ending),
    ...(location && { location: { file: location.file, line: location.line, ...given('column', location.column) } }),
    ...(tests && { tests: testsOf(tests) }),
    ...given('retryAfterSeconds', diagnosis.retryAfterSeconds),
    ...(diagnosis.signatures && {
      signatures: diagnosis.signatures.map(({ id, line, count }) => ({ id, line, count })),
    }),
    sentence: diagnosis.sentence,
    evidence: [...diagnosis.evidence],
    remedies: remedyOdds(diagnosis).map(({ remedy, p }) => ({ remedy, p })),
  }
}

function testsOf({ frameworks, failing, ...counts }: NonNullable<Diagnosis['tests']>): Diagnosed['tests'] {
  return { ...(frameworks && { frameworks: [...frameworks] }), ...counts, failing: [...failing] }
}

export function undiagnosed(id: string | undefined, error: string): Undiagnosed {
  return { ...given('id', id), schema: 'mendline.diagnosis/1', error }
}

function given<K extends string, V>(name: K, value: V | undefined): { [k in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [k in K]: V })
}

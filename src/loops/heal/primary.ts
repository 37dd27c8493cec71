import { type Category, categories, type Diagnosis } from '../../model/diagnosis.ts'
import type { Facts } from './facts.ts'

/** The diagnosis of the case: that of the first job to fail which did not fail only because another had. */
export function primary(facts: Facts): Diagnosis {
  const own = facts.failed.find((job) => job.diagnosis.category !== 'cascade') ?? facts.failed[0]
  if (own !== undefined) return own.diagnosis
  return facts.run.beganNoJob === true ? noJobBegan : nothingFailed
}

const noJobBegan = withoutLog('config.workflow', {
  transience: { verdict: 'deterministic', p: 0.9, why: 'a rerun reads the same definition' },
  fingerprint: { exact: 'no job began', family: 'no job began', version: 1 },
  sentence: 'The run failed before any of its jobs began: its definition is probably invalid.',
})

const nothingFailed = withoutLog('superseded', {
  transience: { verdict: 'unknown', p: 0.5, why: 'no job of this attempt failed any more when it was read' },
  fingerprint: { exact: 'none', family: 'none', version: 1 },
  sentence: 'No job of this attempt failed any more when it was read.',
})

function withoutLog(category: Category, said: Pick<Diagnosis, 'transience' | 'fingerprint' | 'sentence'>): Diagnosis {
  const { outcome, owner } = categories[category]
  return {
    schema: 'mendline.diagnosis/1',
    log: { ci: 'none', lines: 0, bytes: 0 },
    excerpts: [],
    category,
    confidence: 1,
    abstained: false,
    categories: [{ category, p: 1 }],
    phase: 'queue',
    outcome,
    owner,
    evidence: [],
    ...said,
  }
}

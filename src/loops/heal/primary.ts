import { categories, type Diagnosis } from '../../model/diagnosis.ts'
import type { Facts } from './facts.ts'

/** The diagnosis of the case: that of the first job to fail which did not fail only because another had. */
export function primary(facts: Facts): Diagnosis {
  const own = facts.failed.find((job) => job.diagnosis.category !== 'cascade') ?? facts.failed[0]
  return own?.diagnosis ?? nothingFailed
}

const nothingFailed: Diagnosis = {
  schema: 'mendline.diagnosis/1',
  log: { ci: 'none', lines: 0, bytes: 0 },
  excerpts: [],
  category: 'superseded',
  confidence: 1,
  abstained: false,
  categories: [{ category: 'superseded', p: 1 }],
  phase: 'queue',
  outcome: categories.superseded.outcome,
  owner: categories.superseded.owner,
  transience: { verdict: 'unknown', p: 0.5, why: 'no job of this attempt failed any more when it was read' },
  fingerprint: { exact: 'none', family: 'none', version: 1 },
  sentence: 'No job of this attempt failed any more when it was read.',
  evidence: [],
}

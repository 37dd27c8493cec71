import { type Category, categories, type Diagnosis, type Transience } from '../../model/diagnosis.ts'
import type { Facts, FailedJob } from './facts.ts'

/** Facts for tests: one failed job of a run at its first attempt, with what a test wants to be different. */
export function factsOf(
  failed: readonly FailedJob[],
  change: Omit<Partial<Facts>, 'run'> & { readonly run?: Partial<Facts['run']> } = {},
): Facts {
  return {
    at: '2026-01-31T10:00:00.000Z',
    failed,
    can: { rerunClean: true, resize: true, stopJob: true },
    tried: [],
    history: { times: 0, rerunGreen: 0, rerunRed: 0 },
    policyNotes: [],
    upTo: { memoryBytes: 8 * 2 ** 30, timeoutMs: 6 * 3_600_000 },
    ...change,
    run: {
      id: 'ci/1',
      connection: 'ci',
      vendor: 'native',
      externalId: '1',
      repository: 'acme/shop',
      pipeline: 'CI',
      path: '.github/workflows/ci.yml',
      number: 1,
      attempt: 1,
      branch: 'main',
      sha: 'a'.repeat(40),
      conclusion: 'failure',
      ended: true,
      ...change.run,
    },
  }
}

export function failedJob(
  category: Category,
  change: Partial<FailedJob> & { readonly transience?: Transience; readonly retryAfterSeconds?: number } = {},
): FailedJob {
  const { transience, retryAfterSeconds, ...job } = change
  return {
    id: 'ci/11',
    externalId: '11',
    name: 'test',
    key: 'test',
    conclusion: 'failure',
    completedAt: '2026-01-31T09:59:59.000Z',
    diagnosis: diagnosisOf(category, transience, retryAfterSeconds),
    ...job,
  }
}

function diagnosisOf(
  category: Category,
  transience: Transience = categories[category].transience,
  retryAfterSeconds?: number,
): Diagnosis {
  return {
    schema: 'mendline.diagnosis/1',
    log: { ci: 'github-actions', lines: 10, bytes: 500 },
    excerpts: [],
    category,
    confidence: 0.9,
    abstained: category === 'unknown',
    categories: [{ category, p: 0.9 }],
    phase: 'test',
    outcome: categories[category].outcome,
    owner: categories[category].owner,
    transience: { verdict: transience, p: 0.8, why: 'the test says so' },
    fingerprint: { exact: 'e', family: `family of ${category}`, version: 1 },
    retryAfterSeconds,
    sentence: 'Something broke.',
    evidence: ['a line'],
  }
}

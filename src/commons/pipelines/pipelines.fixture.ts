import type { Job, Run } from '../../model/run.ts'
import { jobId, runId } from '../../model/run.ts'

const start = Date.parse('2026-03-01T10:00:00Z')

/** Made-up runs and jobs for tests. */
export function someRun(change: Partial<Run> & { readonly minute?: number } = {}): Run {
  const { minute = 0, ...facts } = change
  const externalId = facts.externalId ?? '71'
  return {
    id: runId('acme', externalId),
    connection: 'acme',
    vendor: 'github',
    externalId,
    repository: 'acme/shop',
    pipeline: 'CI',
    path: '.github/workflows/ci.yml',
    number: 12,
    attempt: 1,
    status: 'in_progress',
    event: 'push',
    branch: 'main',
    sha: '4f2c1de0b7a94f2c1de0b7a94f2c1de0b7a94f2c',
    actor: 'rosa',
    title: 'Sort the basket',
    createdAt: new Date(start),
    startedAt: new Date(start + 1_000),
    updatedAt: new Date(start + minute * 60_000),
    ...facts,
  }
}

export function someJob(change: Partial<Job> = {}): Job {
  const externalId = change.externalId ?? '901'
  return {
    id: jobId('acme', externalId),
    runId: runId('acme', '71'),
    externalId,
    attempt: 1,
    name: 'test',
    status: 'in_progress',
    startedAt: new Date(start + 2_000),
    steps: [{ number: 1, name: 'Run tests', status: 'in_progress', startedAt: new Date(start + 3_000) }],
    ...change,
  }
}

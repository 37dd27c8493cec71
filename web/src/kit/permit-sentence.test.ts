import { describe, expect, it } from 'vitest'
import type { PermitView } from '../../../src/contract/views.ts'
import { consequence, doseOf } from './permit-sentence.ts'

const permit: PermitView = {
  id: 'p1',
  remedy: 'rerun-failed',
  mode: 'ask',
  state: 'asked',
  reasons: [],
  bound: {
    repository: 'acme/shop',
    runId: 'native/41',
    attempt: 2,
    sha: '0123456789abcdef0123456789abcdef01234567',
    pipeline: 'release',
    jobs: ['build', 'publish'],
  },
  askedAt: '2026-01-01T00:00:00.000Z',
  decidedAt: null,
  decidedBy: null,
  expiresAt: null,
}

describe('what an approval will do', () => {
  it('names remedy, jobs, pipeline, repository, attempt and commit', () => {
    expect(consequence(permit, null).sentence).toBe(
      'Mendline will run the failed jobs again at the same commit: build and publish of release in acme/shop, attempt 2, commit 0123456.',
    )
    expect(consequence(permit, null).facts).toContainEqual(['Commit', permit.bound.sha])
    expect(consequence(permit, null).facts).toContainEqual(['Run', 'native/41, attempt 2'])
  })

  it('does not pretend to know the jobs when none is named', () => {
    expect(consequence({ ...permit, bound: { ...permit.bound, jobs: [] } }, null).title).toBe(
      'Rerun failed jobs: every failed job',
    )
  })

  it.each([
    [{ memoryBytes: 2 ** 30, fromBytes: 2 ** 29 }, 'from 512 MiB to 1,024 MiB'],
    [{ timeoutMs: 900_000, fromMs: 600_000 }, 'from 10 min to 15 min'],
    [{ waitMs: 30_000 }, 'after waiting 30 s'],
    [{ waitMs: 0 }, null],
    [{ waitMs: 'soon' }, null],
  ])('tells the dose of %j as %j', (plan, dose) => expect(doseOf(plan)).toBe(dose))
})

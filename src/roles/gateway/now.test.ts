import { describe, expect, it } from 'vitest'
import { someRun } from '../../commons/pipelines/pipelines.fixture.ts'
import { presentRun } from '../../contract/present.ts'
import type { HealingView, IncidentView, Stitch } from '../../contract/views.ts'
import type { Permit } from '../../model/permit.ts'
import type { RemedyKind } from '../../model/remedy.ts'
import { composeNow, type NowFacts } from './now.ts'

const run = someRun({ status: 'completed', conclusion: 'failure' })
const nothing: NowFacts = { asked: [], incidents: [], unfinished: [], recent: [], lines: [], stopped: false }
const line = (...seam: Stitch[]) => ({
  repository: run.repository,
  pipeline: run.pipeline,
  branch: run.branch,
  seam,
  latest: run,
})
const case_ = (change: Partial<HealingView>): HealingView => ({
  id: 'h1',
  run: presentRun(run),
  job: 'test',
  jobId: 'acme/901',
  state: 'finished',
  outcome: 'told',
  sentence: 'A type does not fit.',
  startedAt: '2026-03-01T10:00:00.000Z',
  finishedAt: '2026-03-01T10:00:05.000Z',
  diagnosis: null,
  plan: null,
  inputs: null,
  permit: null,
  effect: null,
  proof: null,
  seen: { times: 1, since: null },
  moments: [],
  ...change,
})
const permit = (remedy: RemedyKind, jobs: readonly string[]): Permit => ({
  id: 'p1',
  flowId: 'h1',
  remedy,
  mode: 'ask',
  state: 'asked',
  reasons: [],
  bound: {
    vendor: run.vendor,
    connection: run.connection,
    repository: run.repository,
    runId: run.id,
    attempt: 1,
    sha: run.sha,
    pipeline: run.pipeline,
    jobs,
  },
  askedAt: run.updatedAt,
})
const incident: IncidentView = {
  id: 'i1',
  title: 'A job hangs',
  severity: 'high',
  state: 'open',
  openedAt: '2026-03-01T10:00:06.000Z',
  resolvedAt: null,
  runId: run.id,
  healing: 'h1',
  evidence: [],
}

describe('the first screen', () => {
  it('of an installation where all is well says so', () => {
    expect(composeNow({ ...nothing, lines: [line('fail', 'pass'), line('mended')] }).sentence).toBe(
      'Nothing needs you; 2 pipelines healthy',
    )
  })

  it('shows a case that ended without a mend for as long as its pipeline is red', () => {
    const recent = [case_({})]
    expect(composeNow({ ...nothing, recent, lines: [line('pass', 'fail')] }).needsYou).toMatchObject([
      { kind: 'failure' },
    ])
    expect(composeNow({ ...nothing, recent, lines: [line('fail', 'unknown')] }).needsYou).toHaveLength(1)
    expect(composeNow({ ...nothing, recent, lines: [line('fail', 'pass')] }).needsYou).toEqual([])
    expect(composeNow({ ...nothing, recent, lines: [] }).needsYou).toEqual([])
  })

  it('shows the newest case of a pipeline only, and nothing that was mended or only watched', () => {
    const lines = [line('fail', 'fail')]
    const older = case_({ id: 'h0' })
    expect(composeNow({ ...nothing, recent: [case_({}), older], lines }).needsYou).toHaveLength(1)
    for (const outcome of ['mended', 'watched'] as const)
      expect(composeNow({ ...nothing, recent: [case_({ outcome }), older], lines }).needsYou).toEqual([])
  })

  it('lets an open incident speak for its case', () => {
    const now = composeNow({ ...nothing, recent: [case_({})], incidents: [incident], lines: [line('fail')] })
    expect(now.needsYou.map((need) => need.kind)).toEqual(['incident'])
    expect(now.sentence).toBe('1 failure needs you; 0 pipelines healthy')
  })

  it('asks in plain words what a person may allow', () => {
    const questions = (jobs: readonly string[]) =>
      (['rerun-failed', 'more-memory', 'stop-hang'] as const).map(
        (remedy) => composeNow({ ...nothing, asked: [permit(remedy, jobs)] }).needsYou[0]?.sentence,
      )
    expect(questions(['publish'])).toEqual([
      'Rerun the failed job publish of CI in acme/shop?',
      'Rerun the failed job publish of CI in acme/shop with more memory?',
      'Stop the hanging job publish of CI in acme/shop?',
    ])
    expect(questions(['a', 'b', 'c', 'd', 'e'])[0]).toBe('Rerun the failed jobs a, b, c and 2 more of CI in acme/shop?')
  })

  it('shows the cause of what was told, not that it was told', () => {
    const diagnosis = { sentence: 'A type does not fit.' } as HealingView['diagnosis']
    const recent = [case_({ sentence: 'Told, not rerun. A type does not fit.', diagnosis })]
    expect(composeNow({ ...nothing, recent, lines: [line('fail')] }).needsYou).toMatchObject([
      { sentence: 'A type does not fit.' },
    ])
  })

  it('a case that waits for a yes needs a person; it is not being mended', () => {
    const asking = case_({ state: 'asking', outcome: null, finishedAt: null })
    const acting = case_({ id: 'h2', state: 'acting', outcome: null, finishedAt: null })
    const now = composeNow({ ...nothing, unfinished: [asking, acting], lines: [line('fail')] })
    expect(now.mending.map((one) => one.id)).toEqual(['h2'])
  })
})

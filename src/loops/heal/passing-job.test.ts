import { describe, expect, it } from 'vitest'
import type { Pass } from '../../commons/pipelines/passes-memory.ts'
import { someJob, someRun } from '../../commons/pipelines/pipelines.fixture.ts'
import { type JobId, runId } from '../../model/run.ts'
import { choosePass, passesWanted, sayPass } from './passing-job.ts'

const failed = someRun({ branch: 'sort-the-basket' })

interface Change {
  readonly branch?: string | undefined
  readonly event?: string
  readonly minute?: number
  readonly keptBytes?: number
  readonly run?: string
  readonly attempt?: number
}

function pass({ branch = 'main', event = 'push', minute = 0, keptBytes, run = '41', attempt = 1 }: Change): Pass {
  return {
    job: { id: 'acme/7' as JobId, externalId: '7', name: 'test', attempt },
    run: { id: runId('acme', run), externalId: run, repository: 'acme/shop', number: Number(run), branch, event },
    completedAt: new Date(Date.UTC(2026, 2, 1, 9, minute)),
    keptBytes,
  }
}

describe('the passing job that a failed one is compared with', () => {
  it('is the latest of the same branch, also when the default branch passed later', () => {
    const passes = [
      pass({ minute: 9 }),
      pass({ branch: 'sort-the-basket', minute: 1 }),
      pass({ branch: 'sort-the-basket', minute: 5, run: '40' }),
    ]
    expect(choosePass(passes, failed)?.run.number).toBe(40)
  })

  it('is of the default branch when the branch never passed', () => {
    expect(choosePass([pass({ branch: 'master' }), pass({ minute: 3, run: '42' })], failed)?.run.number).toBe(42)
    expect(choosePass([], failed)).toBeUndefined()
  })

  it('is of a pull request only where a pull request failed, and then of the same branch', () => {
    const stranger = pass({ event: 'pull_request' })
    expect(choosePass([stranger], someRun({ branch: 'main', event: 'push' }))).toBeUndefined()
    expect(choosePass([stranger], { ...failed, event: 'pull_request' })).toBeUndefined()
    const own = pass({ event: 'pull_request', branch: 'sort-the-basket' })
    expect(choosePass([own], { ...failed, event: 'pull_request' })).toBe(own)
  })

  it('is not another job of the attempt that failed, but may be of an attempt before it', () => {
    const run = { ...failed, attempt: 2 }
    const of = (attempt: number) => pass({ branch: 'sort-the-basket', run: '71', attempt })
    expect(choosePass([of(2)], run)).toBeUndefined()
    expect(choosePass([of(1)], run)?.job.attempt).toBe(1)
  })

  it('is none when its log is too long to be compared line by line', () =>
    expect(choosePass([pass({ keptBytes: 9 * 2 ** 20 })], failed)).toBeUndefined())

  it('is looked for before the failure, on its own branch and on those that are usually the default one', () => {
    const completedAt = new Date('2026-03-01T10:05:00Z')
    const wanted = passesWanted(failed, someJob({ completedAt }), new Date('2026-03-02T00:00:00Z'))
    expect(wanted).toMatchObject({ job: 'test', pipeline: 'CI', until: completedAt })
    expect(wanted.branches.slice(0, 3)).toEqual(['sort-the-basket', 'main', 'master'])
    expect(passesWanted(someRun(), someJob({ completedAt }), completedAt).branches[0]).toBe('main')
  })

  it('is named with its run, its branch, and its attempt if it was not the first', () => {
    expect(sayPass(pass({}))).toBe('the log of run 41 on main, where this job passed,')
    expect(sayPass(pass({ attempt: 2, branch: 'a\u202Eb' }))).toBe(
      'the log of run 41, attempt 2, on a<U+202E>b, where this job passed,',
    )
  })
})

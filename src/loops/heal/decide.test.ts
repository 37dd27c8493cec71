import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Category, categories } from '../../model/diagnosis.ts'
import type { RemedyKind } from '../../model/remedy.ts'
import { decide } from './decide.ts'
import { factsOf, failedJob } from './facts.fixture.ts'
import type { Facts, FailedJob } from './facts.ts'
import { primary } from './primary.ts'

const planFor = (facts: Facts) => decide(primary(facts), facts)
const remedyFor = (...failed: FailedJob[]) => planFor(factsOf(failed)).remedy
const stall = { silentMs: 600_000, cpuMs: 3, lastLine: 'waiting', processes: [] }
const oom = { outOfMemory: true, memoryLimitBytes: 256 * 2 ** 20, peakMemoryBytes: 260 * 2 ** 20 }

describe('what is decided', () => {
  test.each<[string, FailedJob, RemedyKind]>([
    ['a compile error is not rerun', failedJob('code.compile'), 'escalate'],
    ['a lint finding is not rerun', failedJob('code.quality'), 'escalate'],
    ['a broken connection is rerun', failedJob('net.reset'), 'rerun-failed'],
    ['an intermittent test is rerun', failedJob('test.async'), 'rerun-failed'],
    ['a test that failed for the first time is probed once', failedJob('code.test'), 'rerun-failed'],
    ['a test that is known to fail again is not', failedJob('code.test', { transience: 'deterministic' }), 'escalate'],
    ['a job killed at its memory limit gets more', failedJob('res.oom', { observed: oom }), 'more-memory'],
    ['exit 137 without a measured limit is handed to people', failedJob('res.oom'), 'escalate'],
    ['a slow job gets more time', failedJob('res.timeout_job', { observed: { timeoutMs: 60_000 } }), 'more-time'],
    [
      'a job that hung until its limit does not',
      failedJob('res.timeout_job', { observed: { timeoutMs: 60_000, stall } }),
      'escalate',
    ],
    ['a broken cache is left out', failedJob('cache.corrupt'), 'rerun-clean'],
    ['a failure that nobody understands is not guessed at', failedJob('unknown'), 'escalate'],
    ['a cancelled run is left alone', failedJob('human.cancelled'), 'do-nothing'],
    ['a wrong checksum goes to people', failedJob('dep.integrity', { transience: 'deterministic' }), 'escalate'],
  ])('%s', (_name, job, remedy) => {
    expect(remedyFor(job)).toBe(remedy)
  })

  test('a run that failed before any job began is told to its author', () => {
    const facts = factsOf([], { run: { beganNoJob: true } })
    expect(primary(facts)).toMatchObject({ category: 'config.workflow', owner: 'author' })
    expect(planFor(facts)).toMatchObject({ remedy: 'escalate', severity: 'low' })
  })

  test('a run of which nothing is red any more is left alone', () => {
    expect(planFor(factsOf([]))).toMatchObject({ remedy: 'do-nothing' })
  })

  test('a hanging job of a run that still runs is stopped, not rerun', () => {
    const facts = factsOf([failedJob('res.timeout_step', { observed: { stall } })], { run: { ended: false } })
    expect(planFor(facts)).toMatchObject({ remedy: 'stop-hang', jobs: ['11'] })
  })

  test('one deterministic failure beside an intermittent one keeps the whole run from being rerun', () => {
    expect(remedyFor(failedJob('net.reset'), failedJob('code.compile', { name: 'build' }))).toBe('escalate')
  })

  test('a job that failed only because another had does not name the cause', () => {
    expect(remedyFor(failedJob('cascade'), failedJob('net.reset', { name: 'first' }))).toBe('rerun-failed')
  })

  test('a run of which nothing failed any more is left alone', () => {
    expect(remedyFor()).toBe('do-nothing')
  })

  test('reruns that stayed red talk Mendline out of the next, reruns that turned green into it', () => {
    const job = failedJob('code.test')
    expect(planFor(factsOf([job], { history: { times: 6, rerunGreen: 0, rerunRed: 6 } })).remedy).toBe('escalate')
    expect(planFor(factsOf([job], { history: { times: 6, rerunGreen: 5, rerunRed: 1 } })).remedy).toBe('rerun-failed')
  })

  test('what the service asked for is waited, and each further wait is longer', () => {
    const asked = planFor(factsOf([failedJob('ext.service_5xx', { retryAfterSeconds: 42 })]))
    expect(asked).toMatchObject({ waitMs: 42_000 })
    const family = 'family of ext.service_5xx'
    const again = planFor(factsOf([failedJob('ext.service_5xx')], { tried: [{ remedy: 'rerun-failed', family }] }))
    expect(again).toMatchObject({ waitMs: 20_000 })
  })

  test('more memory doubles the limit, never beyond what the repository allows', () => {
    const job = failedJob('res.oom', { observed: oom })
    expect(planFor(factsOf([job]))).toMatchObject({ memoryBytes: 512 * 2 ** 20 })
    const tight = { upTo: { memoryBytes: 300 * 2 ** 20, timeoutMs: 1 } }
    expect(planFor(factsOf([job], tight))).toMatchObject({ memoryBytes: 300 * 2 ** 20 })
    expect(planFor(factsOf([job], { upTo: { memoryBytes: 256 * 2 ** 20, timeoutMs: 1 } })).remedy).toBe('escalate')
  })

  test('is the same for the same facts, and never a rerun where any failure is deterministic', () => {
    const someJob = fc
      .record({
        category: fc.constantFrom(...(Object.keys(categories) as Category[])),
        transience: fc.constantFrom('deterministic' as const, 'intermittent' as const, 'unknown' as const),
        name: fc.string({ minLength: 1 }),
      })
      .map(({ category, transience, name }) => failedJob(category, { transience, name }))
    fc.assert(
      fc.property(
        fc.array(someJob, { minLength: 1, maxLength: 5 }),
        fc.nat(9),
        fc.nat(9),
        (jobs, rerunGreen, rerunRed) => {
          const facts = factsOf(jobs, { history: { times: 10, rerunGreen, rerunRed } })
          const plan = planFor(facts)
          expect(planFor(structuredClone(facts))).toEqual(plan)
          const certain = jobs.some((job) => job.diagnosis.transience.verdict === 'deterministic')
          if (certain) expect(plan.remedy).not.toBe('rerun-failed')
        },
      ),
    )
  })
})

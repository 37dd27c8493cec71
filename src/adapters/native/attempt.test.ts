import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Conclusion } from '../../model/run.ts'
import { failedNames, nextAttempt } from './attempt.ts'
import type { NativeJob } from './jobs/memory.ts'

test('failed jobs run again, what needs them waits, the rest is carried over', () => {
  const jobs = [
    job('build', 'success'),
    job('lint', 'success'),
    job('test', 'failure', ['build']),
    job('publish', 'skipped', ['test', 'lint']),
    job('announce', 'skipped', ['publish']),
  ]
  expect(keysOf(nextAttempt(jobs))).toEqual({
    carried: ['build', 'lint'],
    again: ['test'],
    waiting: ['publish', 'announce'],
  })
  expect(failedNames(jobs)).toEqual(['test'])
})

test('of a matrix only the cells that did not end well run again, the stopped ones too', () => {
  const jobs = [job('test', 'success', [], 'test (1)'), job('test', 'failure', [], 'test (2)')]
  const next = nextAttempt([...jobs, job('test', 'cancelled', [], 'test (3)')])
  expect(next.carried.map((one) => one.name)).toEqual(['test (1)'])
  expect(next.again.map((one) => one.name)).toEqual(['test (2)', 'test (3)'])
})

test('a job that ran although what it needs failed is decided anew, once for all its cells', () => {
  const report = (name: string) => job('report', 'success', ['test'], name)
  const next = nextAttempt([job('test', 'timed_out'), report('report (1)'), report('report (2)')])
  expect(keysOf(next)).toEqual({ carried: [], again: ['test'], waiting: ['report'] })
})

test('whatever the graph, each key goes one way, and nothing that is carried needs what runs again', () => {
  const conclusion = fc.constantFrom<Conclusion>('success', 'failure', 'cancelled', 'skipped', 'timed_out')
  const graph = fc.array(fc.tuple(conclusion, fc.array(fc.nat(9), { maxLength: 3 })), { maxLength: 10 })
  fc.assert(
    fc.property(graph, (nodes) => {
      const jobs = nodes.map(([ended, needs], at) => {
        const earlier = needs.filter((need) => need < at).map((need) => `job${need}`)
        return job(`job${at}`, ended, earlier)
      })
      const { carried, again, waiting } = keysOf(nextAttempt(jobs))
      expect([...carried, ...again, ...waiting].sort()).toEqual(jobs.map((one) => one.key).sort())
      const rerun = new Set([...again, ...waiting])
      for (const one of jobs.filter(({ key }) => !waiting.includes(key)))
        expect(one.needs.filter((need) => rerun.has(need))).toEqual([])
    }),
  )
})

function keysOf(next: ReturnType<typeof nextAttempt>) {
  const keys = (jobs: readonly NativeJob[]) => jobs.map((one) => one.key)
  return { carried: keys(next.carried), again: keys(next.again), waiting: keys(next.waiting) }
}

function job(key: string, conclusion: Conclusion, needs: readonly string[] = [], name = key): NativeJob {
  return {
    id: 0,
    runId: 1,
    attempt: 1,
    place: 0,
    key,
    name,
    needs,
    cell: {},
    state: 'completed',
    conclusion,
    outputs: {},
    steps: [],
    observed: null,
    carriedFrom: null,
    memoryBytes: null,
    timeoutMs: null,
    clean: false,
    claimedBy: null,
    stop: null,
    createdAt: new Date(0),
    startedAt: null,
    completedAt: null,
  }
}

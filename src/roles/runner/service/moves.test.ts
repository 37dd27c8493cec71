import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NativeJob } from '../../../adapters/native/jobs/memory.ts'
import type { Conclusion } from '../../../model/run.ts'
import type { RunPlan } from '../workflow/plan.ts'
import { type Move, nextMoves, runConclusion } from './moves.ts'
import { planOf } from './run-plan.ts'

test('what needs nothing is expanded at once, what needs it waits', () => {
  const moves = nextMoves(plan({ a: {}, b: { needs: ['a'] } }), begin(['a', 'b']))
  expect(moves.map((move) => [move.kind, move.job.key])).toEqual([['expand', 'a']])
})

test('a failure that may be does not fail the run, and is shown as what it is', () => {
  const run = simulate(plan({ a: { 'continue-on-error': true } }), ['a'], () => 'failure')
  expect(run.jobs.map((job) => job.conclusion)).toEqual(['failure'])
  expect(run.conclusion).toBe('success')
})

test('a run without a job that ran was skipped', () => {
  expect(simulate(plan({ a: { if: 'false' } }), ['a'], () => 'success').conclusion).toBe('skipped')
})

test('a job whose matrix cannot be made fails, and the run with it', () => {
  const broken = plan({ a: { strategy: { matrix: `\${{ fromJSON(github.actor) }}` } } })
  expect(simulate(broken, ['a'], () => 'success').conclusion).toBe('failure')
})

test('whatever the jobs do, a run ends, and no job runs before what it needs has ended', () => {
  const ending = fc.constantFrom<Conclusion>('success', 'failure', 'cancelled', 'timed_out')
  const condition = fc.constantFrom(undefined, 'always()', 'failure()', '!cancelled()', 'false')
  const node = fc.record({
    needs: fc.array(fc.nat(5), { maxLength: 2 }),
    cells: fc.nat(3),
    parallel: fc.integer({ min: 1, max: 3 }),
    failFast: fc.boolean(),
    mayFail: fc.boolean(),
    condition,
  })
  fc.assert(
    fc.property(
      fc.array(node, { minLength: 1, maxLength: 6 }),
      fc.array(ending, { minLength: 1 }),
      (nodes, endings) => {
        const jobs = Object.fromEntries(
          nodes.map(({ needs, cells, parallel, failFast, mayFail, condition: when }, at) => [
            `job${at}`,
            {
              needs: [...new Set(needs.filter((need) => need < at).map((need) => `job${need}`))],
              'continue-on-error': mayFail,
              ...(when === undefined ? {} : { if: when }),
              ...(cells === 0
                ? {}
                : {
                    strategy: {
                      'fail-fast': failFast,
                      'max-parallel': parallel,
                      matrix: { n: Array.from({ length: cells }, (_, index) => index) },
                    },
                  }),
            },
          ]),
        )
        let turn = 0
        const run = simulate(plan(jobs), Object.keys(jobs), () => endings[turn++ % endings.length] ?? 'success')
        expect(run.conclusion).toBeDefined()
        expect(run.jobs.every((job) => job.state === 'completed')).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

/** A run in memory: every move is made, and each time nothing follows one queued job runs and ends. */
function simulate(of: RunPlan, keys: readonly string[], ending: (job: NativeJob) => Conclusion) {
  let jobs = begin(keys)
  const replace = (id: number, change: Partial<NativeJob>) => {
    jobs = jobs.map((job) => (job.id === id ? { ...job, ...change } : job))
  }
  for (let round = 0; round < 500; round++) {
    const moves = nextMoves(of, jobs)
    for (const move of moves) jobs = make(jobs, move)
    if (moves.length > 0) continue
    const next = jobs.find((job) => job.state === 'queued')
    if (next === undefined) break
    const needs = jobs.filter((job) => of.jobs.find(({ key }) => key === next.key)?.needs.includes(job.key))
    expect(needs.every((job) => job.state === 'completed')).toBe(true)
    replace(next.id, { state: 'completed', conclusion: ending(next) })
  }
  return { jobs, conclusion: runConclusion(jobs) }
}

function make(jobs: readonly NativeJob[], move: Move): NativeJob[] {
  const change = (fresh: Partial<NativeJob>) => jobs.map((job) => (job.id === move.job.id ? { ...job, ...fresh } : job))
  switch (move.kind) {
    case 'expand':
      return jobs.flatMap((job) =>
        job.id !== move.job.id
          ? [job]
          : move.cells.map((cell, index) => ({
              ...job,
              id: job.id + index,
              cell: { ...cell },
              state: index < move.atOnce ? ('queued' as const) : ('waiting' as const),
            })),
      )
    case 'end':
      return change({ state: 'completed', conclusion: move.conclusion })
    case 'queue':
      return change({ state: 'queued' })
    case 'stop':
      return change({ state: 'completed', conclusion: 'cancelled' })
    default:
      return move satisfies never
  }
}

function begin(keys: readonly string[]): readonly NativeJob[] {
  return keys.map((key, at) => ({
    id: (at + 1) * 100,
    runId: 1,
    attempt: 1,
    place: at,
    key,
    name: key,
    needs: [],
    cell: null,
    state: 'waiting',
    conclusion: null,
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
  }))
}

function plan(jobs: Readonly<Record<string, object>>): RunPlan {
  const steps = [{ run: 'true' }]
  const definition = JSON.stringify({
    on: 'push',
    jobs: Object.fromEntries(
      Object.entries(jobs).map(([key, job]) => [key, { 'runs-on': 'ubuntu-latest', steps, ...job }]),
    ),
  })
  const answer = planOf(
    {
      id: 1,
      number: 1,
      attempt: 1,
      path: '.github/workflows/ci.yml',
      definition,
      event: 'push',
      ref: 'refs/heads/main',
      beforeSha: null,
      sha: 'a'.repeat(40),
      actor: 'Ada',
      title: 'a change',
      inputs: {},
    },
    { connection: 'home', name: 'acme/shop', path: '/nowhere', defaultBranch: 'main', variables: {} },
    [],
  )
  if (answer.kind !== 'planned') throw new Error(JSON.stringify(answer))
  return answer.plan
}

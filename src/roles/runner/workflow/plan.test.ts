import { expect, test } from 'vitest'
import { combineCells, decideJob, type NeedResult } from './decide.ts'
import { parseWorkflow } from './parse.ts'
import { planRun, type RunPlan, type RunRequest } from './plan.ts'

function ask(text: string, request: Partial<RunRequest> = {}) {
  const { workflow, problems } = parseWorkflow(text, 'ci.yml')
  if (!workflow) throw new Error(JSON.stringify(problems))
  return planRun({
    workflow,
    event: { name: 'push', ref: 'refs/heads/main' },
    github: { ref: 'refs/heads/main' },
    ...request,
  })
}

function plan(text: string, request: Partial<RunRequest> = {}): RunPlan {
  const answer = ask(text, request)
  if (answer.kind !== 'planned') throw new Error(JSON.stringify(answer))
  return answer.plan
}

const result = (kind: NeedResult['result'], outputs = {}): NeedResult => ({ result: kind, outputs })
const job = (key: string, more: string) => `  ${key}: {runs-on: ubuntu-latest, ${more}steps: [{run: x}]}\n`

test('jobs come after what they need, and know all their ancestors', () => {
  const { jobs } = plan(`on: push\njobs:\n${job('c', 'needs: b, ')}${job('b', 'needs: [a], ')}${job('a', '')}`)
  expect(jobs).toEqual([
    { key: 'a', needs: [], ancestors: [] },
    { key: 'b', needs: ['a'], ancestors: ['a'] },
    { key: 'c', needs: ['b'], ancestors: ['b', 'a'] },
  ])
})

test('one job can be chosen: it comes with what it needs', () => {
  const text = `on: push\njobs:\n${job('a', '')}${job('b', 'needs: a, ')}${job('c', '')}`
  expect(plan(text, { only: 'b' }).jobs.map(({ key }) => key)).toEqual(['a', 'b'])
  expect(ask(text, { only: 'z' })).toEqual({ kind: 'invalid', sentences: ["ci.yml has no job 'z'; it has a, b, c"] })
})

const heard = (on: string, event: RunRequest['event']) =>
  ask(`on: ${on}\njobs:\n${job('a', '')}`, { event }).kind === 'planned'

test.each([
  ['push', { name: 'push', ref: 'refs/heads/x' }, true],
  ['workflow_dispatch', { name: 'push', ref: 'refs/heads/x' }, false],
  ['{push: {branches: [main]}}', { name: 'push', ref: 'refs/heads/main' }, true],
  ['{push: {branches: [main]}}', { name: 'push', ref: 'refs/heads/x' }, false],
  ['{push: {branches: [main]}}', { name: 'push', ref: 'refs/tags/v1' }, false],
  ['{push: {tags: [v*]}}', { name: 'push', ref: 'refs/tags/v1' }, true],
  ['{push: {tags: [v*]}}', { name: 'push', ref: 'refs/heads/main' }, false],
  ['{push: {branches-ignore: [x]}}', { name: 'push', ref: 'refs/heads/x' }, false],
  ['{push: {branches: [main, "!main"]}}', { name: 'push', ref: 'refs/heads/main' }, false],
  ['{push: {paths: ["src/**"]}}', { name: 'push', ref: 'refs/heads/main', changedFiles: ['a', 'src/b'] }, true],
  ['{push: {paths: ["src/**"]}}', { name: 'push', ref: 'refs/heads/main', changedFiles: ['a'] }, false],
  ['{push: {paths: ["src/**"]}}', { name: 'push', ref: 'refs/heads/main' }, true],
  ['{push: {paths-ignore: ["docs/**"]}}', { name: 'push', ref: 'refs/heads/main', changedFiles: ['docs/a'] }, false],
  [
    '{push: {paths-ignore: ["docs/**"]}}',
    { name: 'push', ref: 'refs/heads/main', changedFiles: ['docs/a', 'b'] },
    true,
  ],
] as const)('on: %s hears %j: %s', (on, event, expected) => {
  expect(heard(on, event)).toBe(expected)
})

test('inputs of a manual run are typed, defaulted and checked', () => {
  const text = `on:
  workflow_dispatch:
    inputs:
      count: {type: number, default: 3}
      dry: {type: boolean}
      level: {type: choice, options: [low, high], required: true}
jobs:
${job('a', '')}`
  const event = { name: 'workflow_dispatch' }
  expect(plan(text, { event, inputs: { level: 'low', dry: 'true' } }).inputs).toEqual({
    count: 3,
    dry: true,
    level: 'low',
  })
  expect(ask(text, { event, inputs: { level: 'mid', nosuch: 1 } })).toEqual({
    kind: 'invalid',
    sentences: [
      "input 'nosuch' is not defined by the workflow",
      'input \'level\' is "mid", which is not one of low, high',
    ],
  })
  expect(ask(text, { event })).toMatchObject({
    kind: 'invalid',
    sentences: ["input 'level' is required and was not given"],
  })
})

test.each([
  ['', 'success', 'run'],
  ['', 'failure', 'skip'],
  ['', 'skipped', 'skip'],
  ['if: always(), ', 'failure', 'run'],
  ['if: failure(), ', 'failure', 'run'],
  ['if: failure(), ', 'success', 'skip'],
  ['if: "!cancelled()", ', 'skipped', 'run'],
  ['if: "needs.a.outputs.x == \'1\'", ', 'success', 'run'],
  ['if: false, ', 'success', 'skip'],
] as const)('a job with %s after a needed job that ended as %s: %s', (condition, ended, expected) => {
  const made = plan(`on: push\njobs:\n${job('a', '')}${job('b', `needs: a, ${condition}`)}`)
  expect(decideJob(made, 'b', {}).kind).toBe('wait')
  expect(decideJob(made, 'b', { a: result(ended, { x: '1' }) }).kind).toBe(expected)
})

test('failure() and success() look at all ancestors, not only at direct needs', () => {
  const text = `on: push\njobs:\n${job('a', '')}${job('b', 'needs: a, if: always(), ')}`
  const done = { a: result('failure'), b: result('success') }
  expect(decideJob(plan(`${text}${job('c', 'needs: b, if: failure(), ')}`), 'c', done).kind).toBe('run')
  expect(decideJob(plan(`${text}${job('c', 'needs: b, ')}`), 'c', done)).toEqual({
    kind: 'skip',
    because: "'a' ended as failure",
  })
})

test('a matrix may come from the output of a needed job; cells are named, numbered and labelled', () => {
  const made = plan(`on: push
jobs:
${job('a', '')}
  b:
    needs: a
    runs-on: \${{ matrix.os }}
    continue-on-error: \${{ matrix.v == 2 }}
    strategy: {max-parallel: 1, matrix: {os: [ubuntu-latest, windows-latest], v: "\${{ fromJSON(needs.a.outputs.list) }}"}}
    steps: [{run: x}]`)
  const decision = decideJob(made, 'b', { a: result('success', { list: '[1,2]' }) })
  if (decision.kind !== 'run') throw new Error(decision.kind)
  expect(decision.cells.map((cell) => [cell.name, cell.continueOnError, cell.unrunnable])).toEqual([
    ['b (ubuntu-latest, 1)', false, undefined],
    ['b (ubuntu-latest, 2)', true, undefined],
    ['b (windows-latest, 1)', false, "no runner here answers to 'windows-latest'"],
    ['b (windows-latest, 2)', true, "no runner here answers to 'windows-latest'"],
  ])
  expect(decision.cells[3]?.strategy).toEqual({ 'fail-fast': true, 'job-index': 3, 'job-total': 4, 'max-parallel': 1 })
  const broken = decideJob(made, 'b', { a: result('success', { list: 'no json' }) })
  expect(broken).toMatchObject({ kind: 'fail', because: expect.stringContaining("job 'b': cannot evaluate") })
})

test('the result of a job is that of its worst cell; of outputs the last that is not empty wins', () => {
  const cell = (kind: NeedResult['result'], continueOnError = false, outputs = {}) => ({
    result: kind,
    continueOnError,
    outputs,
  })
  expect(combineCells([cell('success', false, { a: '1', b: '' }), cell('success', false, { a: '', b: '2' })])).toEqual({
    result: 'success',
    outputs: { a: '1', b: '2' },
  })
  expect(combineCells([cell('success'), cell('failure')]).result).toBe('failure')
  expect(combineCells([cell('success'), cell('failure', true)]).result).toBe('success')
  expect(combineCells([cell('success'), cell('skipped')]).result).toBe('success')
  expect(combineCells([cell('skipped')]).result).toBe('skipped')
})

import { expect, test } from 'vitest'
import { parseWorkflow } from './parse.ts'

const told = (text: string, severity: 'error' | 'not-honoured') =>
  parseWorkflow(text, 'ci.yml')
    .problems.filter((problem) => problem.severity === severity)
    .map(({ line, sentence }) => `${line}: ${sentence}`)

test('a workflow becomes plain data that survives JSON', () => {
  const { workflow, problems } = parseWorkflow(
    `
name: CI
on:
  push: {branches: [main]}
env: {A: 1}
jobs:
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: npm test
        shell: bash
      - uses: ./.github/actions/x
        with: {a: b}
  build: {runs-on: ubuntu-latest, steps: [{run: make}]}`,
    'ci.yml',
  )
  expect(problems).toEqual([])
  expect(JSON.parse(JSON.stringify(workflow))).toMatchObject({
    name: 'CI',
    on: { push: { branches: ['main'] } },
    env: { A: 1 },
    jobs: [
      {
        key: 'test',
        needs: ['build'],
        steps: [
          { run: 'npm test', shell: 'bash' },
          { uses: './.github/actions/x', with: { a: 'b' } },
        ],
      },
      { key: 'build', needs: [], steps: [{ run: 'make' }] },
    ],
  })
})

test('everything that will not be honoured is listed with its line and its consequence', () => {
  const text = `on: [push, schedule]
permissions: read-all
concurrency: one
jobs:
  a:
    runs-on: macos-latest
    environment: production
    container: node:22
    services: {db: {image: postgres}}
    steps:
      - uses: docker://alpine
      - uses: some/action@v1
      - uses: actions/checkout@v4
        with: {submodules: true}
  b:
    uses: ./.github/workflows/other.yml`
  expect(told(text, 'not-honoured')).toEqual([
    "1: the event 'schedule' starts nothing here",
    "2: 'permissions' limits no token: this runner gives steps none",
    "3: 'concurrency' is not kept: runs of this group may overlap",
    "6: job 'a': no runner here answers to 'macos-latest': the job is skipped",
    "7: job 'a': 'environment' has no reviewers, wait timer, secrets or deployment record here",
    "8: job 'a': 'container' needs a container engine: the job fails before its first step",
    "9: job 'a': 'services' are not started: what connects to them fails",
    "11: job 'a': 'docker://alpine' needs a container engine: the step fails",
    "12: job 'a': the action 'some/action@v1' is not available here: the step fails unless its 'if' skips it",
    "14: job 'a': actions/checkout@v4 does not honour 'submodules': submodules stay empty",
    "16: job 'b': the reusable workflow './.github/workflows/other.yml' is not called: the job fails",
  ])
})

const jobs = 'jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{run: x}]\n'

test.each([
  ['an unknown key', `on: push\nnonsense: 1\n${jobs}`, /^2: Unexpected value 'nonsense'/],
  ['no jobs', 'on: push\n', /Required property is missing: jobs/],
  ['a broken expression', `on: push\nenv: {A: "\${{ nosuch.x }}"}\n${jobs}`, /Unrecognized named-value: 'nosuch'/],
  [
    'secrets in a condition',
    'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - if: secrets.A\n        run: x\n',
    /^6: /,
  ],
  [
    'a circle',
    'on: push\njobs:\n  a: {needs: b, runs-on: x, steps: [{run: x}]}\n  b: {needs: a, runs-on: x, steps: [{run: x}]}',
    /no dependencies|cycle/,
  ],
  [
    'an unknown need',
    `on: push\njobs:\n  a: {runs-on: x, steps: [{run: x}]}\n  b: {needs: z, runs-on: x, steps: [{run: x}]}`,
    /^4: .*unknown job 'z'/,
  ],
  ['uses without a ref', 'on: push\njobs:\n  a: {runs-on: x, steps: [{uses: a/b}]}', /Expected format/],
  [
    'an empty vector',
    'on: push\njobs:\n  a: {runs-on: x, strategy: {matrix: {v: []}}, steps: [{run: x}]}',
    /'v' does not contain any values/,
  ],
  ['not YAML', 'on: [push\n', /^1|^2/],
  ['nothing', '', /empty/],
  ['a scalar', 'hello', /Unexpected/],
])('%s is an error', (_name, text, message) => {
  const { workflow, problems } = parseWorkflow(text, 'ci.yml')
  expect(workflow).toBeUndefined()
  expect(problems.map(({ line, sentence }) => `${line}: ${sentence}`).join('\n')).toMatch(message)
})

test.each([
  ['too large', `on: push\n# ${'x'.repeat(600 * 1024)}\n${jobs}`, /characters long/],
  [
    'too deep',
    `on: push\nenv:\n${Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth + 1)}a:`).join('\n')}\n${jobs}`,
    /depth exceeded/,
  ],
  ['thousands of levels', `on: push\nenv: ${'['.repeat(20_000)}`, /deep|depth|Flow/],
  [
    'a bomb',
    `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(',')}]`).join('\n')}`,
    /too large when its aliases/,
  ],
  ['an endless alias', 'on: push\nenv: &e\n  a: *e\n', /depth exceeded|Unresolved/],
])('a file that is %s is refused quickly', (_name, text, message) => {
  const started = performance.now()
  expect(told(text, 'error').join('\n')).toMatch(message)
  expect(performance.now() - started).toBeLessThan(3_000)
})

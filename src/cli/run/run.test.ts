import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, onTestFinished, test } from 'vitest'

/** The command as a process of its own, in a folder of its own. */
const commander = pathToFileURL(createRequire(import.meta.url).resolve('commander')).href
const entry = `
import { Command } from ${JSON.stringify(commander)}
import { registerRun } from ${JSON.stringify(new URL('../run.ts', import.meta.url).href)}
import { exitWith } from ${JSON.stringify(new URL('../exit.ts', import.meta.url).href)}
const program = new Command('mendline').exitOverride()
registerRun(program)
await program.parseAsync(process.argv.slice(1), { from: 'user' }).catch(exitWith)`

function project(workflows: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'project-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const named = Object.entries(workflows).map(([name, text]) => [`.github/workflows/${name}`, text] as const)
  for (const [name, text] of [...named, ...Object.entries(files)]) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  return folder
}

const logs = mkdtempSync(path.join(tmpdir(), 'runs-'))
afterAll(() => rmSync(logs, { recursive: true, force: true }))

function mendline(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const answer = spawnSync(process.execPath, ['--input-type=module', '-e', entry, 'run', ...args], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      TMPDIR: logs,
      ...env,
    },
  })
  return { code: answer.status, out: answer.stdout, err: answer.stderr }
}

const steps = (run: string) => `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`

test('a green run is one line a job, and exit code 0', () => {
  const { code, out } = mendline(project({ 'ci.yml': steps('echo hi') }), [])
  expect(out).toMatch(/^\.github\/workflows\/ci\.yml {2}push of local\/project-\S+ main no commit yet, in a copy$/m)
  expect(out).toMatch(/^─ test {2}passed {2}\d+ ms, 3 of 3 steps green$/m)
  expect(out).toMatch(/^─ The job ended well in \d+ ms\.$/m)
  expect(out).not.toContain('\u001b')
  expect(code).toBe(0)
})

test('a red run shows the end of the failing step, says where the whole log is, and exit code 1', () => {
  const { code, out } = mendline(project({ 'ci.yml': steps('"echo the-cause \\e[31mred; exit 7"') }), [])
  expect(code).toBe(1)
  expect(out).toMatch(/^╳ test {2}failed/m)
  expect(out).toMatch(/^ {2}│ the-cause/m)
  expect(out).toMatch(/^ {2}│ error: Process completed with exit code 7\.$/m)
  const kept = /Whole logs: (\S+)/.exec(out)?.[1] ?? ''
  expect(readFileSync(path.join(kept, 'test.log'), 'utf8')).toContain('the-cause')
})

test('colour is for those who ask', () => {
  const folder = project({ 'ci.yml': steps('echo hi') })
  expect(mendline(folder, [], { FORCE_COLOR: '1' }).out).toContain('\u001b[32m')
  expect(mendline(folder, [], { NO_COLOR: '1' }).out).not.toContain('\u001b')
})

test('a run never touches the folder; with --in-place it works there', () => {
  const folder = project(
    {
      'ci.yml': `${steps('echo x > made.txt; cat own.txt')}`.replace(
        '- run:',
        '- uses: actions/checkout@v4\n      - run:',
      ),
    },
    { 'own.txt': 'mine' },
  )
  expect(mendline(folder, []).code).toBe(0)
  expect(existsSync(path.join(folder, 'made.txt'))).toBe(false)
  expect(mendline(folder, ['--in-place']).code).toBe(0)
  expect(readFileSync(path.join(folder, 'made.txt'), 'utf8')).toBe('x\n')
})

test('what will not be honoured is said before anything runs', () => {
  const text = `permissions: read-all\n${steps('echo started')}`
  const { out } = mendline(project({ 'ci.yml': text }), [])
  expect(out.indexOf("'permissions' limits no token")).toBeGreaterThan(0)
  expect(out.indexOf("'permissions' limits no token")).toBeLessThan(out.indexOf('passed'))
})

test('JSON on standard output alone: results, problems, steps', () => {
  const { code, out } = mendline(project({ 'ci.yml': `permissions: {}\n${steps('exit 5')}` }), ['--format', 'json'])
  const answer = JSON.parse(out)
  expect(code).toBe(1)
  expect(answer).toMatchObject({
    schema: 'mendline.run/1',
    event: 'push',
    workflows: [
      {
        conclusion: 'failure',
        notHonoured: [{ severity: 'not-honoured', line: 1 }],
        jobs: { test: { result: 'failure' } },
        cells: [{ name: 'test', conclusion: 'failure', observed: { exitCode: 5 } }],
      },
    ],
  })
})

test('--list shows jobs, needs and cells, and runs nothing', () => {
  const text = `on: push
jobs:
  a: {runs-on: ubuntu-latest, strategy: {matrix: {v: [1, 2]}}, steps: [{run: touch ../../never}]}
  b: {needs: a, runs-on: ubuntu-latest, steps: [{run: x}]}`
  const { out, code } = mendline(project({ 'ci.yml': text }), ['--list'])
  expect(out).toContain('─ a\n    a (1)\n    a (2)\n─ b  after a\n')
  expect(code).toBe(0)
})

test('jobs and cells can be chosen; inputs, secrets and variables are handed in', () => {
  const text = `on:
  workflow_dispatch:
    inputs: {who: {required: true}}
jobs:
  a:
    runs-on: ubuntu-latest
    strategy: {matrix: {v: [1, 2]}}
    steps:
      - env: {S: "\${{ secrets.TOKEN }}"}
        run: echo "v=\${{ matrix.v }} who=\${{ inputs.who }} extra=$EXTRA secret=$S length=\${#S}"; exit 1
  other: {runs-on: ubuntu-latest, steps: [{run: exit 1}]}`
  const { out } = mendline(
    project({ 'ci.yml': text }),
    [
      '--event',
      'workflow_dispatch',
      '--input',
      'who=Ada',
      '--job',
      'a',
      '--matrix',
      'v:2',
      '--secret',
      'TOKEN',
      '--env',
      'EXTRA=more',
    ],
    { TOKEN: 'hush-hush-hush' },
  )
  expect(out).toContain('v=2 who=Ada extra=more secret=*** length=14')
  expect(out).not.toContain('v=1')
  expect(out).not.toContain('hush')
  expect(out).not.toContain('other')
})

test('among several workflows those run that hear the event on this branch', () => {
  const folder = project({
    'a.yml': steps('echo a'),
    'b.yml': steps('echo b').replace('on: push', 'on: {push: {branches: [release]}}'),
    'c.yml': steps('echo c').replace('on: push', 'on: workflow_dispatch'),
  })
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', folder])
  const { out } = mendline(folder, [])
  expect(out.match(/^\.github.*$/gm)?.map((line) => line.split(' ')[0])).toEqual(['.github/workflows/a.yml'])
  expect(mendline(folder, ['.github/workflows/b.yml']).code).toBe(0)
})

test('limits are kept', () => {
  const folder = project({ 'ci.yml': steps('sleep 60') })
  const { out, code } = mendline(folder, ['--timeout', '300ms'])
  expect(out).toMatch(/╳ test {2}timed out/)
  expect(out).toContain('The job has exceeded the maximum execution time of 300 ms.')
  expect(code).toBe(1)
})

test.each([
  [['--event', 'pull_request'], /--event is push or workflow_dispatch/],
  [['--job', 'nosuch'], /has no job 'nosuch'; it has test/],
  [['nosuch.yml'], /there is no workflow nosuch.yml/],
  [['--event', 'workflow_dispatch'], /does not hear 'workflow_dispatch', only push/],
  [['--nonsense'], /unknown option/],
])('%j is wrong use: one sentence and exit code 2', (args, message) => {
  const { code, err } = mendline(project({ 'ci.yml': steps('echo') }), args)
  expect(err).toMatch(message)
  expect(err).not.toContain('    at ')
  expect(code).toBe(2)
})

test('a folder without workflows, and a workflow that is not valid', () => {
  expect(mendline(project({}), [])).toMatchObject({ code: 2, err: expect.stringContaining('there is no workflow in') })
  const broken = mendline(project({ 'ci.yml': 'on: push\njobs:\n  a: {runs-on: x}\n  a: {}\n' }), [])
  expect(broken.code).toBe(2)
  expect(broken.err).toMatch(/ci\.yml is not a valid workflow:\n {2}line 4, column 3: 'a' is already defined/)
})

test('a call of a workflow that asks for more than it may is refused before the run', () => {
  const folder = project({
    'ci.yml':
      'on: push\npermissions: {}\njobs:\n  outer: {uses: ./.github/workflows/inner.yml}\n  far: {uses: a/b/.github/workflows/c.yml@v1}\n',
    'inner.yml': `permissions: {issues: write}\n${steps('x').replace('on: push', 'on: workflow_call')}`,
  })
  expect(mendline(folder, ['.github/workflows/ci.yml']).err).toMatch(
    /line 4, column 3: Error calling workflow .* is requesting 'issues: write', but is only allowed 'issues: none'/,
  )
})

test('--help has an example', () => {
  expect(mendline(tmpdir(), ['--help']).out).toMatch(/Examples:\n {2}mendline run/)
})

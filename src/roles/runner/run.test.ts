import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { executeRun, type RunIo, type RunResult } from './run.ts'
import { githubContext } from './workflow/github-context.ts'
import { parseWorkflow } from './workflow/parse.ts'
import { planRun } from './workflow/plan.ts'

interface Told {
  readonly result: RunResult
  /** What was heard, in order: `start a`, `end a failure`, `settle b skipped`. */
  readonly events: readonly string[]
  readonly log: readonly string[]
}

async function run(text: string, io: Partial<RunIo> = {}): Promise<Told> {
  const root = mkdtempSync(path.join(tmpdir(), 'run-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const { workflow, problems } = parseWorkflow(text, 'ci.yml')
  if (!workflow) throw new Error(JSON.stringify(problems))
  const github = githubContext({
    event: 'push',
    payload: {},
    repository: 'acme/shop',
    ref: 'refs/heads/main',
    sha: 'a'.repeat(40),
    actor: 'ada',
    workflow: workflow.name,
    path: workflow.path,
    runId: '1',
    runNumber: 1,
    attempt: 1,
  })
  const planned = planRun({ workflow, event: { name: 'push' }, github })
  if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned))
  const events: string[] = []
  const log: string[] = []
  let cells = 0
  const result = await executeRun(
    {
      plan: planned.plan,
      secrets: {},
      source: { kind: 'folder', path: root },
      concurrency: 4,
      limits: { graceMs: { interrupt: 200, terminate: 200 } },
      foldersOf: () => {
        const own = path.join(root, String(cells++))
        return { workspace: path.join(own, 'w'), temp: path.join(own, 't'), artifacts: path.join(root, 'artifacts') }
      },
    },
    {
      signal: new AbortController().signal,
      cellStarted: (cell) => events.push(`start ${cell.name}`),
      cellEnded: (cell, ended) => events.push(`end ${cell.name} ${ended.conclusion}`),
      jobSettled: (name, ended) => events.push(`settle ${name} ${ended}`),
      log: (_cell, line) => log.push(line.slice(line.indexOf(' ') + 1)),
      ...io,
    },
  )
  return { result, events, log }
}

const head = 'on: push\njobs:\n'

test('jobs run as their needs allow, not in stages, and hand their outputs on', async () => {
  const { result, events, log } = await run(`${head}
  slow: {runs-on: ubuntu-latest, steps: [{run: sleep 1.5}]}
  first:
    runs-on: ubuntu-latest
    outputs: {x: "\${{ steps.s.outputs.x }}"}
    steps: [{id: s, run: 'echo x=from-first >> $GITHUB_OUTPUT'}]
  second:
    needs: first
    runs-on: ubuntu-latest
    steps: [{run: 'echo "got \${{ needs.first.outputs.x }} \${{ needs.first.result }}"'}]`)
  expect(result.conclusion).toBe('success')
  expect(log).toContain('got from-first success')
  expect(events.indexOf('end second success')).toBeLessThan(events.indexOf('end slow success'))
})

test('the first failure of a matrix cancels its siblings, those that wait and those that run', async () => {
  const { result, events } = await run(`${head}
  a:
    runs-on: ubuntu-latest
    strategy: {max-parallel: 2, matrix: {v: [bad, slow, waiting]}}
    steps: [{run: '[ \${{ matrix.v }} != bad ] || { sleep 0.3; exit 1; }; sleep 60'}]
  b: {needs: a, runs-on: ubuntu-latest, steps: [{run: echo}]}
  c: {needs: a, if: failure(), runs-on: ubuntu-latest, steps: [{run: echo}]}`)
  expect(result.conclusion).toBe('failure')
  expect(result.jobs.a?.result).toBe('failure')
  expect(events).toContain('end a (slow) cancelled')
  expect(events).toContain('settle a (waiting) cancelled')
  expect(events).toContain('settle b skipped')
  expect(events).toContain('end c success')
})

test('without fail-fast, and where a cell may fail, the others go on', async () => {
  const cells = 'steps: [{run: "[ ${{ matrix.v }} != 1 ]"}]'
  const off = await run(`${head}
  a: {runs-on: ubuntu-latest, strategy: {fail-fast: false, max-parallel: 1, matrix: {v: [1, 2]}}, ${cells}}`)
  expect(off.events).toContain('end a (2) success')
  expect(off.result.conclusion).toBe('failure')
  const may = await run(`${head}
  a: {runs-on: ubuntu-latest, continue-on-error: true, strategy: {max-parallel: 1, matrix: {v: [1, 2]}}, ${cells}}
  b: {needs: a, runs-on: ubuntu-latest, steps: [{run: echo}]}`)
  expect(may.events).toEqual(expect.arrayContaining(['end a (1) failure', 'end a (2) success', 'end b success']))
  expect(may.result.conclusion).toBe('success')
})

test('max-parallel is kept', async () => {
  let running = 0
  let most = 0
  const { result } = await run(
    `${head}
  a: {runs-on: ubuntu-latest, strategy: {max-parallel: 2, matrix: {v: [1, 2, 3, 4, 5]}}, steps: [{run: sleep 0.1}]}`,
    {
      cellStarted: () => {
        running += 1
        most = Math.max(most, running)
      },
      cellEnded: () => {
        running -= 1
      },
    },
  )
  expect(result.conclusion).toBe('success')
  expect(most).toBe(2)
})

test('what no runner here can do is skipped and told; a job that cannot be expanded fails', async () => {
  const { result, events } = await run(`${head}
  mac: {runs-on: macos-latest, steps: [{run: echo}]}
  after: {needs: mac, runs-on: ubuntu-latest, steps: [{run: echo}]}
  broken: {runs-on: ubuntu-latest, strategy: {matrix: "\${{ fromJSON('[]') }}"}, steps: [{run: echo}]}
  called: {uses: ./.github/workflows/x.yml}`)
  expect(events).toEqual(
    expect.arrayContaining([
      'settle mac skipped',
      'settle after skipped',
      'settle broken failure',
      'settle called failure',
    ]),
  )
  expect(result.conclusion).toBe('failure')
})

test('a cancel ends the run', async () => {
  const stop = new AbortController()
  const { result } = await run(
    `${head}
  a: {runs-on: ubuntu-latest, steps: [{run: sleep 60}]}
  b: {needs: a, runs-on: ubuntu-latest, steps: [{run: echo}]}`,
    {
      signal: stop.signal,
      step: (_cell, update) => {
        if (update.number === 2) stop.abort('enough')
      },
    },
  )
  expect(result).toMatchObject({
    conclusion: 'cancelled',
    jobs: { a: { result: 'cancelled' }, b: { result: 'skipped' } },
  })
})

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Invalid } from '../../base/errors.ts'
import type { JobResult, Source } from '../../roles/runner/execute/request.ts'
import { executeRun, type RunResult } from '../../roles/runner/run.ts'
import type { Cell } from '../../roles/runner/workflow/cells.ts'
import { type CheckoutFacts, readCheckout } from './checkout-facts.ts'
import { findWorkflows } from './find-workflows.ts'
import { listJobs, sayJob } from './list.ts'
import { type RunOptions, readOptions, type Settings } from './options.ts'
import { type PreparedRun, prepareRuns } from './prepare.ts'
import { type Recorder, recordCell } from './recorder.ts'
import { createScreen, type Screen } from './screen.ts'

/** Everything behind `mendline run`. Answers the exit code. */
export async function runHere(file: string | undefined, options: RunOptions): Promise<number> {
  let settings: Settings
  let facts: CheckoutFacts
  let runs: readonly PreparedRun[]
  try {
    settings = readOptions(options, process.env)
    facts = readCheckout(process.cwd())
    const root = existsSync(path.join(process.cwd(), '.github', 'workflows')) ? process.cwd() : facts.root
    runs = prepareRuns(findWorkflows(root, process.cwd(), file, settings.labels), facts, settings)
    facts = { ...facts, root }
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    console.error(error.message)
    return 2
  }
  const screen = createScreen(settings.json ? process.stderr : process.stdout)
  return settings.list ? list(runs, facts, settings, screen) : runAll(runs, facts, settings, screen)
}

function list(runs: readonly PreparedRun[], facts: CheckoutFacts, settings: Settings, screen: Screen): number {
  const listed = runs.map((run) => ({ run, jobs: listJobs(run.plan) }))
  if (settings.json) {
    const workflows = listed.map(({ run, jobs }) => ({ path: run.plan.workflow.path, notHonoured: run.problems, jobs }))
    console.log(JSON.stringify({ schema: 'mendline.run-list/1', event: settings.event, workflows }, undefined, 2))
    return 0
  }
  for (const { run, jobs } of listed) {
    screen.begin(run, sayWhere(facts, settings))
    for (const job of jobs) screen.say(sayJob(job))
  }
  return 0
}

async function runAll(
  runs: readonly PreparedRun[],
  facts: CheckoutFacts,
  settings: Settings,
  screen: Screen,
): Promise<number> {
  const base = mkdtempSync(path.join(tmpdir(), 'mendline-run-'))
  const stopping = new AbortController()
  const stop = () => stopping.abort('Stopped from the keyboard.')
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const answers: unknown[] = []
  let red = false
  try {
    for (const [index, run] of runs.entries()) {
      if (!settings.json) screen.begin(run, sayWhere(facts, settings))
      const one = await runOne({ run, facts, settings, screen, base, index, signal: stopping.signal })
      red ||= one.conclusion !== 'success'
      answers.push(one.answer)
    }
    if (settings.json)
      console.log(JSON.stringify({ schema: 'mendline.run/1', event: settings.event, workflows: answers }, undefined, 2))
    return red ? 1 : 0
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    // The logs of a red run are worth keeping; the copies of the files are not.
    for (const name of red ? ['work'] : ['']) rmSync(path.join(base, name), { recursive: true, force: true })
  }
}

interface OneRun {
  readonly run: PreparedRun
  readonly facts: CheckoutFacts
  readonly settings: Settings
  readonly screen: Screen
  readonly base: string
  readonly index: number
  readonly signal: AbortSignal
}

async function runOne({ run, facts, settings, screen, base, index, signal }: OneRun) {
  const startedAt = performance.now()
  const logs = path.join(base, 'logs', String(index))
  const recorders = new Map<Cell, Recorder>()
  const results = new Map<Cell, JobResult>()
  const settled: { name: string; conclusion: string; because: string }[] = []
  const source: Source = settings.inPlace ? { kind: 'present' } : { kind: 'folder', path: facts.root }
  const work = path.join(base, 'work', String(index))
  mkdirSync(work, { recursive: true })
  let cells = 0
  const result = await executeRun(
    {
      plan: run.plan,
      secrets: settings.secrets,
      env: settings.env,
      source,
      concurrency: settings.concurrency,
      select: settings.select,
      limits: { memoryLimitBytes: settings.memoryLimitBytes, timeoutMs: settings.timeoutMs },
      foldersOf: () => {
        cells += 1
        const own = path.join(work, String(cells))
        const { name } = path.parse(facts.repository)
        return {
          workspace: settings.inPlace ? facts.root : path.join(own, name),
          temp: path.join(own, '_temp'),
          artifacts: path.join(work, 'artifacts'),
        }
      },
    },
    {
      signal,
      cellStarted: (cell) => recorders.set(cell, recordCell(logs, cell)),
      log: (cell, line) => recorders.get(cell)?.log(line),
      step(cell, update) {
        recorders.get(cell)?.step(update)
        if (update.status === 'in_progress') screen.working(cell, update.name)
      },
      cellEnded(cell, ended) {
        results.set(cell, ended)
        const recorder = recorders.get(cell)
        if (recorder && !settings.json) screen.ended(cell, ended, recorder)
      },
      jobSettled(name, conclusion, because) {
        settled.push({ name, conclusion, because })
        if (!settings.json) screen.settled(name, conclusion, because)
      },
    },
  )
  await Promise.all([...recorders.values()].map((recorder) => recorder.close()))
  const broken = settled.filter((job) => job.conclusion === 'failure').length
  const failed =
    [...results].filter(([cell, one]) => one.conclusion !== 'success' && !cell.continueOnError).length + broken
  const tookMs = performance.now() - startedAt
  const red = result.conclusion !== 'success'
  if (!settings.json) screen.finish(result.conclusion, results.size + broken, failed, tookMs, red ? logs : '')
  return { conclusion: result.conclusion, answer: present(run, result, results, recorders, settled, red) }
}

function present(
  { plan, problems }: PreparedRun,
  { conclusion, jobs }: RunResult,
  results: ReadonlyMap<Cell, JobResult>,
  recorders: ReadonlyMap<Cell, Recorder>,
  settled: readonly unknown[],
  red: boolean,
) {
  return {
    path: plan.workflow.path,
    conclusion,
    notHonoured: problems,
    jobs,
    cells: [...results].map(([cell, one]) => ({
      job: cell.job,
      name: cell.name,
      matrix: cell.matrix,
      conclusion: one.conclusion,
      continueOnError: cell.continueOnError,
      steps: one.steps,
      observed: one.observed,
      annotations: one.annotations,
      summary: one.summary,
      ...(red ? { log: recorders.get(cell)?.file } : {}),
    })),
    notRun: settled,
  }
}

function sayWhere({ repository, branch, sha }: CheckoutFacts, { event, inPlace }: Settings): string {
  const commit = /^0+$/.test(sha) ? 'no commit yet' : sha.slice(0, 7)
  return `${event} of ${repository} ${branch} ${commit}${inPlace ? ', in this folder' : ', in a copy'}`
}

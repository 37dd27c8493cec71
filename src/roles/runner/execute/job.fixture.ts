import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { decideJob, type NeedResult } from '../workflow/decide.ts'
import { githubContext } from '../workflow/github-context.ts'
import { parseWorkflow } from '../workflow/parse.ts'
import { planRun } from '../workflow/plan.ts'
import { executeJob } from './job.ts'
import type { JobIo, JobRequest, JobResult, StepUpdate } from './request.ts'

export interface JobRun {
  readonly result: JobResult
  /** Without time stamps. */
  readonly log: readonly string[]
  readonly raw: readonly string[]
  readonly updates: readonly StepUpdate[]
  readonly workspace: string
}

export interface JobSetting {
  readonly job?: string
  readonly cell?: number
  readonly needs?: Readonly<Record<string, NeedResult>>
  readonly request?: Partial<JobRequest>
  readonly io?: Partial<JobIo>
  readonly event?: string
  readonly inputs?: Readonly<Record<string, unknown>>
  readonly prepare?: (workspace: string) => void
}

/** A real run of one job of a workflow text in a folder that is gone after the test. */
export async function runJob(text: string, setting: JobSetting = {}): Promise<JobRun> {
  const root = mkdtempSync(path.join(tmpdir(), 'job-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const event = setting.event ?? 'push'
  const { workflow, problems } = parseWorkflow(text, '.github/workflows/test.yml')
  if (!workflow) throw new Error(problems.map((problem) => problem.sentence).join('\n'))
  const github = githubContext({
    event,
    payload: { head_commit: { message: 'hello' } },
    repository: 'acme/shop',
    ref: 'refs/heads/main',
    sha: 'f'.repeat(40),
    actor: 'ada',
    workflow: workflow.name,
    path: workflow.path,
    runId: '7',
    runNumber: 3,
    attempt: 1,
  })
  const planned = planRun({ workflow, event: { name: event, ref: 'refs/heads/main' }, github, inputs: setting.inputs })
  if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned))
  const key = setting.job ?? workflow.jobs[0]?.key ?? ''
  const decision = decideJob(planned.plan, key, setting.needs ?? {})
  if (decision.kind !== 'run') throw new Error(JSON.stringify(decision))
  const job = workflow.jobs.find((one) => one.key === key)
  const cell = decision.cells[setting.cell ?? 0]
  if (!job || !cell) throw new Error('the workflow has no such job')
  const folder = (name: string) => path.join(root, name)
  const workspace = folder('work')
  mkdirSync(workspace)
  setting.prepare?.(workspace)
  const raw: string[] = []
  const updates: StepUpdate[] = []
  const result = await executeJob(
    {
      job,
      workflow: { env: workflow.env, defaults: workflow.defaults },
      cell,
      github,
      needs: setting.needs ?? {},
      inputs: planned.plan.inputs,
      vars: {},
      secrets: {},
      source: { kind: 'present' },
      folders: { workspace, temp: folder('temp'), artifacts: folder('artifacts'), cache: folder('cache') },
      ...setting.request,
    },
    {
      log: (line) => raw.push(line),
      step: (update) => updates.push(update),
      signal: new AbortController().signal,
      ...setting.io,
    },
  )
  return { result, log: raw.map((line) => line.slice(line.indexOf(' ') + 1)), raw, updates, workspace }
}

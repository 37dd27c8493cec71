import { gzipSync } from 'node:zlib'
import {
  changedPaths,
  commitOf,
  describeCommit,
  isNoCommit,
  listFilesAt,
  readFileAt,
  refsOf,
  tipOf,
} from '../../../adapters/native/git.ts'
import { insertJob } from '../../../adapters/native/jobs/memory.ts'
import { appendLog } from '../../../adapters/native/logs/memory.ts'
import { reportJob, reportRun } from '../../../adapters/native/outbox/report.ts'
import {
  findRepository,
  forgetRef,
  knownRefs,
  lockRepository,
  type NativeRepository,
  rememberRef,
} from '../../../adapters/native/repositories/memory.ts'
import { insertRun, lastPlanned, type NativeRun } from '../../../adapters/native/runs/memory.ts'
import { isRedactedRef, unredacted } from '../../../adapters/redact.ts'
import type { Database } from '../../../engine/database/database.ts'
import { transaction } from '../../../engine/database/transaction.ts'
import { redactText } from '../../../loops/heal/logs/redact.ts'
import type { Events } from '../../../model/events.ts'
import type { PlanAnswer } from '../workflow/plan.ts'
import { type AdvanceDeps, advance } from './advance.ts'
import { logLine } from './log-line.ts'
import { planOf } from './run-plan.ts'

export type Push = Events['push.received']

/**
 * Make the runs that a push asks for: one for each workflow that hears it. The same push heard again makes none, and
 * neither does a push that the ref has been planned at already. Says which runs were made.
 */
export async function planPush(db: Database, heard: Push, deps: AdvanceDeps): Promise<readonly NativeRun[]> {
  const repository = await findRepository(db, heard.connection, heard.repository)
  if (repository === undefined) return []
  const push = { ...heard, ref: await refAsItIs(repository, heard.ref) }
  if (isNoCommit(push.after)) {
    await forgetRef(db, repository, push.ref)
    return []
  }
  const sha = await commitOf(repository.path, push.after)
  if (sha === undefined) return []
  const changedFiles = await changedPaths(repository.path, push.before, sha)
  const commit = await describeCommit(repository.path, sha)
  const cause: Cause = {
    event: 'push',
    ref: push.ref,
    beforeSha: push.before,
    sha,
    actor: redacted(push.actor ?? commit?.author),
    title: redacted(push.title ?? commit?.title),
    inputs: {},
    cause: `push ${push.ref} ${push.before} ${sha}`,
  }
  const runs: NativeRun[] = []
  for (const path of await workflowPaths(repository, sha)) {
    const definition = await readFileAt(repository.path, sha, path)
    if (definition === undefined) continue
    const run = await planWorkflow(db, repository, { ...cause, path, definition }, deps, changedFiles)
    if (run !== undefined) runs.push(run)
  }
  await remember(db, repository, push.ref, sha)
  return runs
}

async function refAsItIs(repository: NativeRepository, ref: string): Promise<string> {
  if (!isRedactedRef(ref)) return ref
  return unredacted(ref, (await refsOf(repository.path)).keys(), redactText) ?? ref
}

export interface Dispatch {
  readonly connection: string
  readonly repository: string
  readonly path: string
  readonly branch: string
  readonly inputs?: Readonly<Record<string, unknown>> | undefined
  readonly actor?: string | undefined
  /** The same key makes one run. */
  readonly key: string
}

/** Run a workflow by hand (`workflow_dispatch`). Undefined when it, its branch or its file is not there, or it was asked before. */
export async function planDispatch(db: Database, wanted: Dispatch, deps: AdvanceDeps): Promise<NativeRun | undefined> {
  const repository = await findRepository(db, wanted.connection, wanted.repository)
  const sha = repository && (await tipOf(repository.path, wanted.branch))
  if (repository === undefined || sha === undefined) return undefined
  const definition = await readFileAt(repository.path, sha, wanted.path)
  if (definition === undefined) return undefined
  const facts = {
    event: 'workflow_dispatch',
    path: wanted.path,
    definition,
    ref: `refs/heads/${wanted.branch}`,
    beforeSha: null,
    sha,
    actor: wanted.actor ?? null,
    title: redacted((await describeCommit(repository.path, sha))?.title),
    inputs: wanted.inputs ?? {},
    cause: `dispatch ${wanted.key}`,
  }
  return planWorkflow(db, repository, facts, deps)
}

/** A commit may name a secret; what is kept of it may not. */
function redacted(text: string | undefined): string | null {
  return text === undefined ? null : redactText(text)
}

interface Cause extends Pick<NativeRun, 'event' | 'ref' | 'beforeSha' | 'sha' | 'actor' | 'title' | 'inputs'> {
  readonly cause: string
}

async function planWorkflow(
  db: Database,
  repository: NativeRepository,
  facts: Cause & Pick<NativeRun, 'path' | 'definition'>,
  deps: AdvanceDeps,
  changedFiles?: readonly string[],
): Promise<NativeRun | undefined> {
  const answer = planOf({ ...facts, id: 0, number: 0, attempt: 1 }, repository, deps.labels, changedFiles)
  if (answer.kind === 'not-heard') return undefined
  return transaction(db, async (tx) => {
    await lockRepository(tx, repository.connection, repository.name)
    const of = { connection: repository.connection, repository: repository.name, path: facts.path, ref: facts.ref }
    if (facts.event === 'push' && (await lastPlanned(tx, of)) === facts.sha) return undefined
    const createdAt = deps.clock.now()
    const state =
      answer.kind === 'planned'
        ? ({ status: 'queued', conclusion: null } as const)
        : ({ status: 'completed', conclusion: 'startup_failure' } as const)
    const run = await insertRun(tx, { ...facts, ...of, ...state, pipeline: nameOf(answer, facts.path), createdAt })
    if (run === undefined) return undefined
    if (answer.kind === 'invalid') await tellProblems(tx, run, answer.sentences)
    await reportRun(tx, run)
    if (answer.kind === 'planned') await beginJobs(tx, run, answer.plan.jobs, deps)
    return run
  })
}

/** Every job begins as one row that waits; what may start at once follows from that. */
async function beginJobs(
  tx: Database,
  run: NativeRun,
  jobs: readonly { readonly key: string; readonly needs: readonly string[] }[],
  deps: AdvanceDeps,
): Promise<void> {
  for (const [place, { key, needs }] of jobs.entries()) {
    const row = {
      attempt: 1,
      place,
      key,
      name: key,
      needs,
      cell: null,
      state: 'waiting',
      createdAt: run.createdAt,
    } as const
    await reportJob(tx, run, await insertJob(tx, run, row))
  }
  await advance(tx, run.id, deps)
}

/** A workflow that cannot be read has no jobs of its own: its problems stand as the log of one that bears its path. */
async function tellProblems(tx: Database, run: NativeRun, sentences: readonly string[]): Promise<void> {
  const at = run.createdAt
  const job = await insertJob(tx, run, {
    attempt: 1,
    place: 0,
    key: run.path,
    name: run.path,
    needs: [],
    cell: null,
    state: 'completed',
    conclusion: 'startup_failure',
    createdAt: at,
    completedAt: at,
  })
  const lines = [`The workflow ${run.path} is not valid.`, ...sentences.map((sentence) => `##[error]${sentence}`)]
  await appendLog(tx, job.id, 1, gzipSync(lines.map((line) => `${logLine(line, at)}\n`).join('')))
  await reportJob(tx, run, job)
}

function nameOf(answer: PlanAnswer, path: string): string {
  return answer.kind === 'planned' ? answer.plan.workflow.name : path
}

async function workflowPaths(repository: NativeRepository, sha: string): Promise<readonly string[]> {
  const files = await listFilesAt(repository.path, sha, '.github/workflows')
  return files.filter((path) => /\.ya?ml$/.test(path)).sort()
}

/** A push that is heard late must not hide that its ref has moved on since, and was known to have. */
async function remember(db: Database, repository: NativeRepository, ref: string, sha: string): Promise<void> {
  const known = (await knownRefs(db, repository)).get(ref)
  const tip = (await refsOf(repository.path)).get(ref)
  if (known === undefined || known !== tip) await rememberRef(db, repository, ref, sha)
}

import { createHash, randomBytes } from 'node:crypto'
import type { Conclusion } from '../../src/model/run.ts'
import {
  type AttemptState,
  type JobState,
  latest,
  type Repository,
  type RunState,
  type Script,
  type State,
} from './state.ts'

/** What GitHub Actions does with runs: starts, ends, reruns and cancels them, and tells each change to `emit`. */
export interface Actions {
  addRepository(spec: RepositorySpec): { readonly sha: string }
  push(spec: RepositorySpec): { readonly sha: string }
  addRun(spec: RunSpec): RunState
  finish(run: RunState, end: End): void
  /** True if it was started; the refusals of the API are decided by `api.ts`. */
  rerunFailed(run: RunState, login: string): void
  cancel(run: RunState): void
}

export interface RepositorySpec {
  readonly repository: string
  readonly branch?: string
  readonly files?: Readonly<Record<string, string>>
}

interface JobSpec {
  readonly name: string
  readonly needs?: readonly string[]
  readonly log?: readonly string[] | null
}

export interface RunSpec {
  readonly repository: string
  readonly branch?: string
  readonly workflow?: string
  readonly path?: string
  readonly title?: string
  readonly jobs: readonly JobSpec[]
  readonly createdAt?: string
  readonly attempt?: number
  readonly archiveOnly?: boolean
  /** How it ends at once; without it the run is in progress. */
  readonly end?: End
}

export interface End {
  /** Conclusion by job name; others succeed, or are skipped when a job they need did not. */
  readonly jobs?: Readonly<Record<string, Conclusion>>
  readonly log?: readonly string[]
}

export type Emit = (
  change:
    | { readonly kind: 'run'; readonly action: 'requested' | 'in_progress' | 'completed'; readonly run: RunState }
    | {
        readonly kind: 'job'
        readonly action: 'queued' | 'in_progress' | 'completed'
        readonly run: RunState
        readonly job: JobState
      }
    | {
        readonly kind: 'push'
        readonly repository: Repository
        readonly ref: string
        readonly before: string
        readonly after: string
      },
) => void

export function createActions(state: State, emit: Emit): Actions {
  const actions: Actions = {
    addRepository({ repository, branch = 'main', files = {} }) {
      const sha = shaOf(repository, branch, files)
      const commits = new Map([[sha, new Map(Object.entries(files))]])
      state.repositories.set(repository, { name: repository, branches: new Map([[branch, sha]]), commits, scripts: [] })
      return { sha }
    },
    push({ repository, branch = 'main', files = {} }) {
      const found = repositoryOf(state, repository)
      const before = found.branches.get(branch) ?? '0'.repeat(40)
      const after = shaOf(repository, branch, files, before)
      found.commits.set(after, new Map([...(found.commits.get(before) ?? []), ...Object.entries(files)]))
      found.branches.set(branch, after)
      emit({ kind: 'push', repository: found, ref: `refs/heads/${branch}`, before, after })
      return { sha: after }
    },
    addRun(spec) {
      const run = newRun(state, spec)
      state.runs.set(run.id, run)
      emit({ kind: 'run', action: 'requested', run })
      begin(state, run, latest(run), emit)
      if (spec.end) actions.finish(run, spec.end)
      return run
    },
    finish(run, end) {
      const attempt = latest(run)
      if (attempt.status === 'completed') return
      for (const job of attempt.jobs) if (job.status !== 'completed') endJob(run, attempt, job, end, emit)
      endAttempt(run, attempt, attempt.jobs.some((job) => isBad(job.conclusion)) ? 'failure' : 'success', emit)
    },
    rerunFailed(run, login) {
      const attempt = nextAttempt(state, run, login)
      run.attempts.push(attempt)
      emit({ kind: 'run', action: 'requested', run })
      begin(state, run, attempt, emit)
      const script = run.repository.scripts.shift()
      if (script) setTimeout(() => actions.finish(run, script), script.afterMs ?? 0)
    },
    cancel(run) {
      const attempt = latest(run)
      for (const job of attempt.jobs)
        if (job.status !== 'completed') endJob(run, attempt, job, { jobs: { [job.name]: 'cancelled' } }, emit)
      endAttempt(run, attempt, 'cancelled', emit)
    },
  }
  return actions
}

export function repositoryOf(state: State, name: string): Repository {
  const found = state.repositories.get(name)
  if (found === undefined) throw new Error(`the look-alike has no repository ${name}`)
  return found
}

export function isBad(conclusion: Conclusion | null): boolean {
  return conclusion === 'failure' || conclusion === 'timed_out' || conclusion === 'cancelled'
}

function newRun(state: State, spec: RunSpec): RunState {
  const repository = repositoryOf(state, spec.repository)
  const branch = spec.branch ?? 'main'
  const sha = repository.branches.get(branch)
  if (sha === undefined) throw new Error(`${spec.repository} has no branch ${branch}`)
  const createdAt = spec.createdAt === undefined ? new Date() : new Date(spec.createdAt)
  const jobs = spec.jobs.map(
    ({ name, needs = [], log = null }): JobState => ({
      id: state.nextId++,
      name,
      needs,
      log,
      status: 'queued',
      conclusion: null,
      startedAt: null,
      completedAt: null,
    }),
  )
  const attempt: AttemptState = {
    number: spec.attempt ?? 1,
    triggeredBy: 'ada',
    startedAt: createdAt,
    updatedAt: createdAt,
    status: 'queued',
    conclusion: null,
    jobs,
  }
  return {
    id: state.nextId++,
    number: state.runs.size + 1,
    repository,
    workflow: spec.workflow ?? 'ci',
    path: spec.path ?? '.github/workflows/ci.yml',
    event: 'push',
    branch,
    sha,
    title: spec.title ?? 'Count the basket twice',
    actor: 'ada',
    createdAt,
    attempts: [attempt],
    archiveOnly: spec.archiveOnly ?? false,
  }
}

function begin(state: State, run: RunState, attempt: AttemptState, emit: Emit): void {
  for (const job of attempt.jobs) {
    state.jobs.set(job.id, { run, attempt, job })
    if (job.status === 'queued') emit({ kind: 'job', action: 'queued', run, job })
  }
  attempt.status = 'in_progress'
  attempt.updatedAt = new Date()
  emit({ kind: 'run', action: 'in_progress', run })
  const first = attempt.jobs.find((job) => job.status === 'queued')
  if (first) startJob(run, first, emit)
}

function startJob(run: RunState, job: JobState, emit: Emit): void {
  job.status = 'in_progress'
  job.startedAt = new Date()
  emit({ kind: 'job', action: 'in_progress', run, job })
}

function endJob(run: RunState, attempt: AttemptState, job: JobState, end: End, emit: Emit): void {
  const blocked = job.needs.some((name) => attempt.jobs.find((other) => other.name === name)?.conclusion !== 'success')
  job.conclusion = end.jobs?.[job.name] ?? (blocked ? 'skipped' : 'success')
  if (job.conclusion === 'skipped') job.log = null
  else {
    if (job.status === 'queued') startJob(run, job, emit)
    job.log = end.log ?? job.log ?? [`job ${job.name} ended as ${job.conclusion}`]
  }
  job.status = 'completed'
  job.completedAt = new Date()
  emit({ kind: 'job', action: 'completed', run, job })
}

function endAttempt(run: RunState, attempt: AttemptState, conclusion: Conclusion, emit: Emit): void {
  attempt.status = 'completed'
  attempt.conclusion = conclusion
  attempt.updatedAt = new Date()
  emit({ kind: 'run', action: 'completed', run })
}

/** Failed jobs and all that depend on them run again; the others are carried over with new ids and their old times. */
function nextAttempt(state: State, run: RunState, login: string): AttemptState {
  const before = latest(run)
  const again = new Set(before.jobs.filter((job) => isBad(job.conclusion)).map((job) => job.name))
  for (let grew = true; grew; ) {
    const dependants = before.jobs.filter((job) => !again.has(job.name) && job.needs.some((name) => again.has(name)))
    for (const job of dependants) again.add(job.name)
    grew = dependants.length > 0
  }
  const jobs = before.jobs.map(
    (job): JobState =>
      again.has(job.name)
        ? {
            id: state.nextId++,
            name: job.name,
            needs: job.needs,
            log: null,
            status: 'queued',
            conclusion: null,
            startedAt: null,
            completedAt: null,
          }
        : { ...job, id: state.nextId++ },
  )
  const now = new Date()
  return {
    number: before.number + 1,
    triggeredBy: login,
    startedAt: now,
    updatedAt: now,
    status: 'queued',
    conclusion: null,
    jobs,
  }
}

function shaOf(...parts: readonly unknown[]): string {
  return createHash('sha1').update(JSON.stringify(parts)).update(randomBytes(8)).digest('hex')
}

export type { Script }

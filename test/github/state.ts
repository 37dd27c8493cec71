import type { Conclusion } from '../../src/model/run.ts'

/** What the look-alike remembers. Everything GitHub would: repositories, runs with all attempts, jobs, logs. */
export interface State {
  readonly repositories: Map<string, Repository>
  readonly runs: Map<number, RunState>
  readonly jobs: Map<number, { readonly run: RunState; readonly attempt: AttemptState; readonly job: JobState }>
  nextId: number
}

export interface Repository {
  readonly name: string
  readonly branches: Map<string, string>
  /** Commit → path → text. */
  readonly commits: Map<string, ReadonlyMap<string, string>>
  /** How the next reruns end, first in first out; without one a rerun runs until `finish`. */
  readonly scripts: Script[]
}

export interface Script {
  readonly repository: string
  /** Conclusion by job name; others succeed. */
  readonly jobs?: Readonly<Record<string, Conclusion>>
  readonly log?: readonly string[]
  readonly afterMs?: number
}

export interface RunState {
  readonly id: number
  readonly number: number
  readonly repository: Repository
  readonly workflow: string
  readonly path: string
  readonly event: string
  readonly branch: string
  readonly sha: string
  readonly title: string
  readonly actor: string
  readonly createdAt: Date
  readonly attempts: AttemptState[]
  /** Logs by job are not served, only the archive. */
  readonly archiveOnly: boolean
}

export interface AttemptState {
  readonly number: number
  readonly triggeredBy: string
  readonly startedAt: Date
  updatedAt: Date
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: Conclusion | null
  readonly jobs: JobState[]
}

export interface JobState {
  readonly id: number
  readonly name: string
  readonly needs: readonly string[]
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: Conclusion | null
  startedAt: Date | null
  completedAt: Date | null
  /** Lines without times; null when GitHub has none. */
  log: readonly string[] | null
}

export function newState(): State {
  return { repositories: new Map(), runs: new Map(), jobs: new Map(), nextId: 7_000_000_001 }
}

export function latest(run: RunState): AttemptState {
  const attempt = run.attempts.at(-1)
  if (attempt === undefined) throw new Error(`run ${run.id} has no attempt`)
  return attempt
}

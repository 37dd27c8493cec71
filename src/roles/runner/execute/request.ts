import type { Conclusion, Observed, RunStatus, Stall } from '../../../model/run.ts'
import type { Cell } from '../workflow/cells.ts'
import type { NeedResult } from '../workflow/decide.ts'
import type { JobDefinition, RunDefaults, Template } from '../workflow/workflow.ts'

/** Everything needed to run one cell of one job on this host; plain data, so it may come out of a database. */
export interface JobRequest {
  readonly job: JobDefinition
  readonly workflow: { readonly env: Template; readonly defaults: RunDefaults }
  readonly cell: Cell
  /** The `github` context, `event` included. `workspace`, `job`, `action*` and the file paths are filled in here. */
  readonly github: Readonly<Record<string, unknown>>
  readonly needs: Readonly<Record<string, NeedResult>>
  readonly inputs: Readonly<Record<string, unknown>>
  readonly vars: Readonly<Record<string, string>>
  /** Masked wherever they appear. */
  readonly secrets: Readonly<Record<string, string>>
  readonly source: Source
  readonly folders: JobFolders
  /** Environment beyond the clean base, weaker than the workflow's own `env`. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Put before PATH: a tool cache. */
  readonly toolPath?: readonly string[] | undefined
  readonly limits?: JobLimits | undefined
  /** No cache is restored. */
  readonly clean?: boolean | undefined
  readonly runnerName?: string | undefined
}

/** What `actions/checkout` brings. */
export type Source =
  /** A commit of a repository that git can reach: a path or an address without credentials. */
  | { readonly kind: 'git'; readonly url: string; readonly sha: string; readonly ref?: string | undefined }
  /** The files of a folder as they are, uncommitted ones included; ignored ones left out. */
  | { readonly kind: 'folder'; readonly path: string }
  /** The workspace is the folder itself: there is nothing to bring. */
  | { readonly kind: 'present' }

export interface JobFolders {
  /** Where steps start; made when missing. */
  readonly workspace: string
  /** Scratch of this job alone; emptied before it starts, removed when it ends. */
  readonly temp: string
  /** Artifacts of the run, shared by its jobs. */
  readonly artifacts: string
  /** Entries of `actions/cache`, shared by runs; without it nothing is cached. */
  readonly cache?: string | undefined
}

export interface JobLimits {
  /** Resident memory of the whole process tree of the job. */
  readonly memoryLimitBytes?: number | undefined
  /** Time for the job, unless its own `timeout-minutes` is shorter; default 6 h. */
  readonly timeoutMs?: number | undefined
  /** When silence without work is reported as a stall; off when absent. */
  readonly stallAfterMs?: number | undefined
  /** How long a cancelled process may take after SIGINT, and again after SIGTERM, before SIGKILL. */
  readonly graceMs?: { readonly interrupt: number; readonly terminate: number } | undefined
}

/** What happens while the job runs. All are called in order; none may throw. */
export interface JobIo {
  /** One line of the log in GitHub's stored form, masked, without its newline. */
  log(line: string): void
  step(update: StepUpdate): void
  /** Once per silence. Nothing is killed by it: who listens may abort `signal` with a reason. */
  stalled?(stall: Stall): void
  /** Abort cancels the job; a string or Error as its reason is told in the log. */
  readonly signal: AbortSignal
}

export interface StepUpdate {
  /** From 1; "Set up job" is 1, "Complete job" the last. */
  readonly number: number
  readonly name: string
  readonly status: RunStatus
  readonly conclusion?: Conclusion | undefined
  readonly startedAt?: Date | undefined
  readonly completedAt?: Date | undefined
}

export interface JobResult {
  readonly conclusion: Conclusion
  readonly outputs: Readonly<Record<string, string>>
  readonly steps: readonly StepUpdate[]
  readonly observed: Observed
  /** Markdown of all steps, masked. */
  readonly summary: string
  readonly annotations: readonly Annotation[]
}

export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error'
  readonly message: string
  readonly title?: string | undefined
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly endLine?: number | undefined
  readonly column?: number | undefined
  readonly endColumn?: number | undefined
  /** Number of the step that said it. */
  readonly step: number
}

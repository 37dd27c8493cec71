import type { Id } from '../base/ids.ts'

/** `<connection>/<the vendor's run id>`: the same for every attempt of the run. */
export type RunId = Id<'run'>
/** `<connection>/<the vendor's job id>`: one job of one attempt. */
export type JobId = Id<'job'>

export type RunStatus = 'queued' | 'in_progress' | 'completed'

/** How a completed run, job or step ended; the words are GitHub's, every vendor is translated to them. */
export type Conclusion =
  | 'success'
  | 'failure'
  | 'timed_out'
  | 'cancelled'
  | 'skipped'
  | 'neutral'
  | 'action_required'
  | 'stale'
  | 'startup_failure'

/** A run of a pipeline as its vendor last described it: a snapshot, not a history. */
export interface Run {
  readonly id: RunId
  readonly connection: string
  readonly vendor: string
  /** The vendor's own id of the run. */
  readonly externalId: string
  /** `owner/name`. */
  readonly repository: string
  /** The pipeline's name, for people. */
  readonly pipeline: string
  /** Path of the pipeline's definition in the repository, if the vendor tells. */
  readonly path?: string | undefined
  readonly number: number
  readonly attempt: number
  readonly status: RunStatus
  readonly conclusion?: Conclusion | undefined
  readonly event: string
  readonly branch?: string | undefined
  /** The full ref that started it, such as `refs/heads/main`, if the vendor tells: a name alone may be a branch or a tag. */
  readonly ref?: string | undefined
  readonly sha: string
  readonly actor?: string | undefined
  /** First line of the commit message. Text from outside. */
  readonly title?: string | undefined
  readonly url?: string | undefined
  readonly createdAt: Date
  readonly startedAt?: Date | undefined
  readonly updatedAt: Date
}

export interface Step {
  readonly number: number
  readonly name: string
  readonly status: RunStatus
  readonly conclusion?: Conclusion | undefined
  readonly startedAt?: Date | undefined
  readonly completedAt?: Date | undefined
}

/** One job of one attempt of a run. */
export interface Job {
  readonly id: JobId
  readonly runId: RunId
  readonly externalId: string
  readonly attempt: number
  readonly name: string
  /** The job's key in the definition, if the vendor tells; matrix cells share it. */
  readonly key?: string | undefined
  readonly status: RunStatus
  readonly conclusion?: Conclusion | undefined
  readonly startedAt?: Date | undefined
  readonly completedAt?: Date | undefined
  readonly steps: readonly Step[]
  readonly needs?: readonly string[] | undefined
  /** What the runner itself saw, where the vendor tells it: stronger evidence than any log line. */
  readonly observed?: Observed | undefined
}

/** What a runner measured of a job. Bytes and milliseconds. */
export interface Observed {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly peakMemoryBytes?: number | undefined
  readonly memoryLimitBytes?: number | undefined
  /** The runner killed the job for its memory. */
  readonly outOfMemory?: boolean | undefined
  readonly timeoutMs?: number | undefined
  readonly stall?: Stall | undefined
}

/** No output and no processor time for long: a hang, not a slow job. */
export interface Stall {
  readonly silentMs: number
  /** Processor milliseconds that all processes of the job used while silent. */
  readonly cpuMs: number
  readonly lastLine: string
  readonly processes: readonly {
    readonly pid: number
    readonly command: string
    readonly state: string
    readonly waitingOn?: string | undefined
  }[]
}

export function runId(connection: string, externalId: string | number): RunId {
  return `${connection}/${externalId}` as RunId
}

export function jobId(connection: string, externalId: string | number): JobId {
  return `${connection}/${externalId}` as JobId
}

const statusRank: Record<RunStatus, number> = { queued: 0, in_progress: 1, completed: 2 }

/** Events arrive doubled and out of order: the later attempt, then the later status wins. Negative if `a` is older. */
export function compareProgress(
  a: { attempt: number; status: RunStatus; updatedAt?: Date },
  b: { attempt: number; status: RunStatus; updatedAt?: Date },
): number {
  return (
    a.attempt - b.attempt ||
    statusRank[a.status] - statusRank[b.status] ||
    (a.updatedAt?.getTime() ?? 0) - (b.updatedAt?.getTime() ?? 0)
  )
}

/** Is this conclusion one that somebody has to understand? */
export function isFailure(conclusion: Conclusion | undefined): boolean {
  return conclusion === 'failure' || conclusion === 'timed_out' || conclusion === 'startup_failure'
}

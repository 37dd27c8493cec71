import type { Clock } from '../../../base/clock.ts'
import type { Observed } from '../../../model/run.ts'
import type { Scope } from '../workflow/expressions.ts'
import type { RunDefaults } from '../workflow/workflow.ts'
import type { Environment } from './environment.ts'
import type { Log } from './log.ts'
import type { Masker } from './mask.ts'
import type { Processes } from './processes.ts'
import type { Annotation, JobIo, JobRequest } from './request.ts'

/** What a job carries from step to step. Everything that changes while it runs stands here. */
export interface JobState {
  readonly request: JobRequest
  readonly io: JobIo
  readonly clock: Clock
  readonly log: Log
  readonly masker: Masker
  readonly processes: Processes
  /** Aborted by a cancel from outside and by the job's own time limit; its reason is a `Stop`. */
  readonly stop: AbortSignal
  readonly base: Environment
  /** `env` of the workflow and of the job, then what steps wrote to GITHUB_ENV. */
  readonly env: Record<string, string>
  /** What steps wrote to GITHUB_PATH, newest first. */
  addedPath: readonly string[]
  readonly github: Readonly<Record<string, unknown>>
  status: 'success' | 'failure' | 'cancelled'
  readonly annotations: Annotation[]
  readonly summary: string[]
  /** Run in reverse order when all steps are done. */
  readonly posts: Post[]
  observed: Observed
}

/** Where steps stand: the job itself, or a composite action inside it. */
export interface Frame {
  /** The `steps` context. */
  readonly steps: Record<string, StepContext>
  readonly inputs: Readonly<Record<string, unknown>>
  readonly defaults: RunDefaults
  /** `env` of the steps around a composite action. */
  readonly env: Environment
  /** A composite action sees no secrets but those it is given as inputs. */
  readonly secrets: Readonly<Record<string, string>>
  /** Folder of the composite action. */
  readonly actionPath?: string | undefined
  readonly depth: number
  /** A composite action has a status of its own: its failure is not yet the job's. */
  readonly status?: { failed: boolean } | undefined
}

interface StepContext {
  readonly outputs: Readonly<Record<string, string>>
  readonly outcome: StepResult
  readonly conclusion: StepResult
}

export type StepResult = 'success' | 'failure' | 'cancelled' | 'skipped'

/** A step while it runs. */
export interface StepRun {
  /** Number of the step of the job that it is, or is part of. */
  readonly number: number
  readonly id: string
  readonly name: string
  readonly frame: Frame
  /** Of the step itself and those around it, interpolated. */
  readonly env: Environment
  readonly scope: Scope
  readonly outputs: Record<string, string>
  /** What an action keeps for its own post step. */
  readonly state: Record<string, string>
  /** Its reason is a `Stop`. */
  readonly signal: AbortSignal
}

export interface Stop {
  readonly kind: 'cancelled' | 'job-timeout' | 'step-timeout'
  readonly sentence: string
}

export type Verdict =
  | { readonly outcome: 'success' }
  | { readonly outcome: 'failure'; readonly because: string }
  | { readonly outcome: 'cancelled' }

interface Post {
  readonly name: string
  readonly condition: string
  readonly run: StepRun
  readonly body: (run: StepRun) => Promise<Verdict>
}

export function stopOf(signal: AbortSignal): Stop | undefined {
  if (!signal.aborted) return undefined
  const reason: unknown = signal.reason
  return isStop(reason) ? reason : { kind: 'cancelled', sentence: sayReason(reason) }
}

function isStop(reason: unknown): reason is Stop {
  return typeof reason === 'object' && reason !== null && 'kind' in reason && 'sentence' in reason
}

/** Who aborts without a reason gets Node's own AbortError: that tells nobody anything. */
function sayReason(reason: unknown): string {
  const text = reason instanceof Error && reason.name !== 'AbortError' ? reason.message : reason
  return typeof text === 'string' && text !== '' ? text : 'The operation was canceled.'
}

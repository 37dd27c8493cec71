import type { NewEvent } from '../model/events.ts'
import type { Job, Run } from '../model/run.ts'

/** Where in a vendor a run lives. */
export interface RunRef {
  readonly repository: string
  /** The vendor's own id of the run. */
  readonly externalId: string
}

/** Why a log could not be had: each is an answer, none is thrown. */
export type LogAnswer =
  | { readonly kind: 'log'; readonly bytes: AsyncIterable<Uint8Array> }
  | {
      readonly kind: 'absent'
      readonly because: 'gone' | 'not-yet' | 'never-started' | 'forbidden'
      readonly sentence: string
    }

/**
 * How a log is asked for that would be good to have: once, only while the vendor's budget of calls is not low, and no
 * longer than the signal allows.
 */
export interface SpareLog {
  readonly signal: AbortSignal
}

/** What a rerun should change, where the vendor can. Bytes and milliseconds. */
export interface RerunOptions {
  /** Leave out every cache. */
  readonly clean?: boolean | undefined
  readonly memoryBytes?: number | undefined
  readonly timeoutMs?: number | undefined
}

/** The exact state that a rerun was permitted for; the adapter reads the run again and compares right before the call. */
export interface RerunRequest extends RunRef {
  readonly attempt: number
  readonly sha: string
  /** Names of the failed jobs, sorted. */
  readonly jobs: readonly string[]
  readonly options: RerunOptions
  /** The same key never starts a second rerun. */
  readonly idempotencyKey: string
}

export type EffectAnswer =
  | {
      readonly kind: 'done' /** the attempt that it started, if any */
      readonly attempt?: number | undefined /** it was found done already */
      readonly already: boolean
      readonly at: Date
    }
  | {
      readonly kind: 'refused'
      readonly because: 'state-changed' | 'running' | 'too-old' | 'too-many' | 'no-permission' | 'unsupported' | 'gone'
      readonly sentence: string
    }

/** A limit of one job of a pipeline. Bytes and milliseconds. */
export interface JobLimit {
  readonly repository: string
  /** The pipeline's definition, such as `.github/workflows/ci.yml`. */
  readonly path?: string | undefined
  /** The job's key in the definition. */
  readonly job: string
  readonly memoryBytes?: number | undefined
  readonly timeoutMs?: number | undefined
}

export interface StopRequest extends RunRef {
  readonly attempt: number
  readonly sha: string
  /** Vendor ids of the jobs to stop; vendors that can only cancel a whole run do that. */
  readonly jobs: readonly string[]
  readonly reason: string
  readonly idempotencyKey: string
}

/**
 * A CI system, spoken to over one connection. The contract, held by `ci.contract.ts` for every vendor:
 * - every method may run twice and at once; effects are idempotent: look, act if absent, look again;
 * - an answer that is expected (a refusal, a log that is gone) is a value;
 * - `Unavailable` (with `retryAfterMs` when the vendor says) means try again, `Terminal` and `Forbidden` do not;
 * - an effect whose answer got lost is looked up, never sent again blindly;
 * - nothing it returns holds a credential; every call ends within its time limit.
 */
export interface Ci {
  readonly vendor: string
  readonly connection: string
  /** What the vendor can do beyond a plain rerun. */
  readonly can: { readonly rerunClean: boolean; readonly resize: boolean; readonly stopJob: boolean }
  run(ref: RunRef): Promise<Run | undefined>
  /** Jobs of one attempt, in the vendor's order. */
  jobs(ref: RunRef, attempt: number): Promise<readonly Job[]>
  /** The log of one job of one attempt, as the vendor keeps it. The stream fails with `Unavailable` if it breaks off. */
  jobLog(
    ref: RunRef,
    job: { readonly externalId: string; readonly name: string; readonly attempt: number },
    spare?: SpareLog,
  ): Promise<LogAnswer>
  /** The pipeline's definition at the run's commit: YAML text from outside; undefined if it cannot be read. */
  definition(ref: RunRef): Promise<{ readonly path: string; readonly text: string } | undefined>
  /** A file of the repository at a commit (`HEAD`: the default branch now), such as `.mendline.yml`; undefined if there is none. */
  file(repository: string, sha: string, path: string): Promise<string | undefined>
  /** The commit that a branch points at now; undefined if the branch is gone. */
  tip(repository: string, branch: string): Promise<string | undefined>
  rerunFailed(request: RerunRequest): Promise<EffectAnswer>
  stop(request: StopRequest): Promise<EffectAnswer>
  /** Give later runs of a job the limits that let it pass; only where `can.resize`. The same call again changes nothing. */
  keepLimit?(limit: JobLimit): Promise<void>
  /** Runs that changed at or after `since`, oldest first: closes the gaps that lost webhooks leave. */
  runsSince(repository: string, since: Date): Promise<readonly Run[]>
  /** Repositories to poll. */
  repositories(): Promise<readonly string[]>
}

/** What a vendor makes of one webhook delivery. `ignored` and `rejected` carry the reason as one sentence. */
export type HookAnswer =
  | { readonly kind: 'events'; readonly events: readonly NewEvent[] }
  | { readonly kind: 'ignored'; readonly sentence: string }
  | { readonly kind: 'rejected'; readonly sentence: string }

export interface HookRequest {
  readonly connection: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** The receiving half of a vendor: pure, no network. `verify` runs on the raw bytes before anything is parsed. */
export interface Hook {
  readonly vendor: string
  /** True when one of the live secrets signed these bytes; constant time. */
  verify(request: HookRequest, secrets: readonly string[]): boolean
  /** The vendor's id of the delivery, if it sends one. */
  deliveryId(request: HookRequest): string | undefined
  /** Parse an authentic delivery once. Never throws. */
  read(request: HookRequest): HookAnswer
}

import type { Database } from '../../engine/database/database.ts'
import type { BoundState, Permit, PermitState } from '../../model/permit.ts'
import type { Policy } from '../../model/policy.ts'
import type { Mode, Plan, RemedyKind } from '../../model/remedy.ts'
import type { Trigger } from './side-effects/condition.ts'

/**
 * The single door to the outside: no effect without a permit. It knows autonomy, budgets, side effects, mass failures
 * and the stop switch; it knows nothing of vendors or of how a failure was diagnosed. The contract:
 * - what was asked is written down with its reasons, its facts and its event in one transaction;
 * - a permit holds for exactly its `bound` state and is used at most once;
 * - what cannot be read (the stop switch, the definition) counts as no.
 */
export interface Permits {
  /** May this happen? One flow asks once for one remedy: asking again gives the same permit as it stands now. */
  ask(request: PermitRequest, db?: Database): Promise<Permit>
  /**
   * A person's answer to an `asked` permit. `now` is the state as it is at this moment: when it differs from the bound
   * one the permit becomes void. Wakes the waiting flow. `Conflict` if the permit no longer waits.
   */
  answer(id: string, answer: PermitAnswer, now: BoundState, db?: Database): Promise<Permit>
  /** Right before the effect: still granted, for this state, and not stopped? Becomes `void` otherwise. */
  recheck(id: string, now: BoundState): Promise<Permit>
  /** The stop switch as it is now, for effects that are tried again over hours: `Unavailable` while it cannot be read. */
  stopped(): Promise<string | undefined>
  /**
   * The effect happened. Once: a second time keeps the first receipt and writes nothing. `Conflict` if the permit was
   * never granted.
   */
  use(id: string, receipt: unknown, db?: Database): Promise<Permit>
  /** The effect was granted but did not happen: the permit becomes void, and what it had spent is given back. */
  giveBack(id: string, why: string): Promise<Permit>
  /**
   * What became of the effect, as observed: feeds the back-off, and decides over the failures that wait for a probe.
   * Null: nothing could be observed.
   */
  settle(id: string, proven: boolean | null, db?: Database): Promise<void>
  /** A failure was seen: feeds the rule about many like failures. The same failure twice counts once. */
  noteFailure(failure: SeenFailure, db?: Database): Promise<void>
  /** To be called every few seconds: ends what waited too long, sends the next probe. Answers how many permits changed. */
  tick(): Promise<number>
  find(id: string): Promise<Permit | undefined>
  /** Those of these ids that there are, in any order. */
  findAll(ids: readonly string[]): Promise<readonly Permit[]>
  /** Newest first. */
  list(filter?: {
    readonly state?: PermitState
    readonly before?: string
    readonly limit?: number
  }): Promise<readonly Permit[]>
  /** The modes that people chose for a repository on this installation. */
  chosenModes(repository: string): Promise<ReadonlyMap<RemedyKind, Mode>>
  chooseMode(choice: {
    readonly repository: string
    readonly remedy: RemedyKind
    readonly mode: Mode
    readonly by: string
  }): Promise<void>
}

export interface PermitRequest {
  readonly flowId: string
  readonly plan: Plan
  readonly policy: Policy
  readonly bound: BoundState
  /** Fingerprint of the failure's family. */
  readonly family: string
  /** When the run's first attempt was created: vendors refuse reruns of old runs. */
  readonly runCreatedAt: Date
  /** The pipeline's definition at the run's commit; undefined if it could not be read. */
  readonly definition: { readonly path: string; readonly text: string } | undefined
  /** What is known of the run for certain; rules out jobs behind a failed one that cannot run anyway. */
  readonly trigger?: Trigger | undefined
  /** Why the vendor cannot do this, as a sentence; undefined if it can. */
  readonly unsupported?: string | undefined
  /** The commit that the run's branch points at now; undefined if that is not known or means nothing for this run. */
  readonly tip?: string | undefined
  /** What the effect will probably cost. */
  readonly minutes: number
  /** Failed and all jobs of the same kind right now, if the caller knows. */
  readonly likeJobs?: { readonly failed: number; readonly all: number } | undefined
}

export interface PermitAnswer {
  readonly by: string
  readonly yes: boolean
  readonly why?: string | undefined
}

export interface SeenFailure {
  readonly family: string
  readonly repository: string
  readonly runId: string
  readonly attempt: number
  readonly at: Date
}

/** The topic under which a flow that asked waits for its permit, and what it is told. */
export const permitTopic = 'permit'
export interface PermitNews {
  readonly permit: string
  readonly state: PermitState
}

import type { FamilyRow, FamilyView, ModelList } from '../../contract/learning.ts'
import type { AutonomyChange, NewLabel } from '../../contract/requests.ts'
import type { AutonomyView, HealingView, IncidentView, StopView, StuckFlow } from '../../contract/views.ts'
import type { HealingOutcome } from '../../model/events.ts'
import type { Permit, PermitState } from '../../model/permit.ts'

/** What the gateway asks of the rooms it shows. It knows their words, never their tables. */

export interface Healings {
  /** `undefined` when there is none of this id. */
  find(id: string): Promise<HealingView | undefined>
  /** Newest first; `before` is the id of the last one already seen. */
  list(wanted: {
    readonly outcome?: HealingOutcome | undefined
    readonly open?: boolean | undefined
    readonly before?: string | undefined
    readonly limit: number
  }): Promise<readonly HealingView[]>
  /** Newest first. */
  ofRun(runId: string): Promise<readonly HealingView[]>
  /** The lines of a job's log that show the failure best, once it was diagnosed. */
  failingLines(jobId: string): Promise<{ readonly start: number; readonly end: number } | undefined>
  /** A person says what failures like this one are. `NotFound`, or `Invalid` while it is not diagnosed. */
  label(id: string, label: NewLabel, by: string): Promise<HealingView | undefined>
}

export interface Families {
  /** Seen last first; `before` is the id of the last one already seen. */
  list(wanted: {
    readonly state?: FamilyRow['state'] | undefined
    readonly before?: string | undefined
    readonly limit: number
  }): Promise<readonly FamilyRow[]>
  /** By the fingerprint of any family in it; `undefined` when no failure of it was seen lately. */
  find(id: string): Promise<FamilyView | undefined>
  label(id: string, label: NewLabel, by: string): Promise<FamilyView | undefined>
}

export interface Models {
  list(): Promise<ModelList>
  /** Diagnose with this version from now on. `NotFound` when there is none. */
  use(version: string, by: string): Promise<ModelList>
}

export interface PermitDesk {
  find(id: string): Promise<Permit | undefined>
  list(wanted: { readonly state?: PermitState | undefined; readonly limit?: number }): Promise<readonly Permit[]>
  /** A person's answer. `Conflict` when the permit no longer waits; a permit whose state changed comes back void. */
  answer(id: string, answer: { readonly by: string; readonly yes: boolean; readonly why?: string }): Promise<Permit>
}

export interface Autonomy {
  view(): Promise<AutonomyView>
  choose(choice: AutonomyChange & { readonly by: string }): Promise<void>
}

export interface StopSwitch {
  /** Works when the database does not. */
  read(): Promise<StopView>
  engage(by: string, why: string): Promise<StopView>
  release(by: string): Promise<StopView>
}

export interface Incidents {
  /** Newest first. */
  list(wanted: { readonly state?: 'open' | 'resolved' | undefined }): Promise<readonly IncidentView[]>
  /** `NotFound`, or `Conflict` when it is resolved already. */
  resolve(id: string, by: string, why: string): Promise<IncidentView>
}

export interface StuckFlows {
  list(): Promise<readonly StuckFlow[]>
  /** `NotFound` when no stuck flow has this id. */
  again(id: string): Promise<void>
}

/** One part that this process needs to do its work. */
export interface Check {
  readonly name: string
  /** Looks now; answers how it is as a sentence, or throws when it is not well. */
  look(): Promise<string>
}

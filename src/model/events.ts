import type { Category, Diagnosis } from './diagnosis.ts'
import type { Reason } from './permit.ts'
import type { Plan, RemedyKind } from './remedy.ts'
import type { Job, Run, Stall } from './run.ts'

/** Every event of the house and what it carries. Past tense; immutable; `subject` in the envelope says about what. */
export interface Events {
  // What vendors tell us. Subject: the run's id (the repository for a push).
  'push.received': {
    readonly connection: string
    readonly repository: string
    readonly ref: string
    readonly before: string
    readonly after: string
    readonly actor?: string | undefined
    readonly title?: string | undefined
  }
  'run.reported': { readonly run: Run }
  'job.reported': { readonly job: Job; readonly repository: string }
  'job.stalled': { readonly job: Job; readonly repository: string; readonly stall: Stall }
  'delivery.quarantined': { readonly connection: string; readonly delivery: string; readonly reason: string }
  // What we make of it. Subject: the run's id.
  'run.started': { readonly run: Run }
  'run.succeeded': { readonly run: Run }
  'run.failed': { readonly run: Run }
  'run.cancelled': { readonly run: Run }
  // The heal loop. Subject: the run's id.
  'failure.diagnosed': {
    readonly healing: string
    readonly repository: string
    readonly job: string
    readonly diagnosis: Diagnosis
  }
  /** A person said what failures of a family are. Subject: the run they looked at. */
  'failure.labelled': {
    readonly family: string
    readonly healing: string
    readonly category: Category
    readonly was: Category
    readonly by: string
    readonly note?: string | undefined
    readonly sentence: string
  }
  'remedy.planned': { readonly healing: string; readonly plan: Plan }
  'remedy.applied': { readonly healing: string; readonly remedy: RemedyKind; readonly receipt: unknown }
  'remedy.proven': { readonly healing: string; readonly remedy: RemedyKind; readonly sentence: string }
  'remedy.disproven': { readonly healing: string; readonly remedy: RemedyKind; readonly sentence: string }
  'healing.finished': { readonly healing: string; readonly outcome: HealingOutcome; readonly sentence: string }
  // Permits. Subject: the permit's id.
  'permit.asked': {
    readonly permit: string
    readonly flowId: string
    readonly remedy: RemedyKind
    readonly reasons: readonly Reason[]
    readonly runId: string
  }
  'permit.granted': {
    readonly permit: string
    readonly flowId: string
    readonly remedy: RemedyKind
    readonly by: string
    readonly runId: string
  }
  'permit.refused': {
    readonly permit: string
    readonly flowId: string
    readonly remedy: RemedyKind
    readonly by: string
    readonly reasons: readonly Reason[]
    readonly runId: string
  }
  'permit.voided': {
    readonly permit: string
    readonly flowId: string
    readonly remedy: RemedyKind
    readonly reasons: readonly Reason[]
    readonly runId: string
  }
  'permit.used': {
    readonly permit: string
    readonly flowId: string
    readonly remedy: RemedyKind
    readonly runId: string
  }
  'stop.engaged': { readonly by: string; readonly why: string }
  'stop.released': { readonly by: string }
  // Models. Subject: the version.
  'model.trained': { readonly version: string; readonly kind: string; readonly by: string; readonly sentence: string }
  'model.chosen': {
    readonly version: string
    readonly kind: string
    readonly before: string
    readonly by: string
    readonly sentence: string
  }
  // Incidents. Subject: the incident's id.
  'incident.opened': { readonly incident: string; readonly title: string; readonly severity: 'low' | 'high' }
  'incident.resolved': { readonly incident: string; readonly by: string; readonly why: string }
}

export type EventType = keyof Events

/** mended: the remedy is proven. told: people were told and must act. held: nothing may be done now. */
export type HealingOutcome = 'mended' | 'not-mended' | 'told' | 'refused' | 'watched'

/** An event to append. */
export type NewEvent = {
  [T in EventType]: {
    readonly type: T
    readonly subject: string
    readonly data: Tellable<Events[T]>
    /** When it happened at its source; bounded by the log to now. */
    readonly time?: Date | undefined
    /** The event or delivery that caused it. */
    readonly causation?: string | undefined
    /** The same for all that follows from one first cause; defaults to the event's own id. */
    readonly correlation?: string | undefined
    /** A second append with the same key is dropped. */
    readonly dedupeKey?: string | undefined
  }
}[EventType]

/** An event as the log keeps it. Dates inside `data` come back as ISO strings. */
export interface StoredEvent<T extends EventType = EventType> {
  /** UUIDv7: sorts by time. */
  readonly id: string
  /** Place in the log; grows, with gaps; readers resume after it. */
  readonly position: number
  readonly type: T
  readonly subject: string
  readonly data: Json<Events[T]>
  readonly time: Date
  readonly recordedAt: Date
  readonly causation?: string | undefined
  readonly correlation: string
}

/** What a value becomes by way of JSON. */
export type Json<T> = T extends Date
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer E)[]
      ? readonly Json<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Json<T[K]> }
        : T

/** What may become an event's data: its dates as dates, or as the ISO text that the log keeps. */
export type Tellable<T> = T extends Date
  ? Date | string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer E)[]
      ? readonly Tellable<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Tellable<T[K]> }
        : T

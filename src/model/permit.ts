import type { Mode, RemedyKind } from './remedy.ts'

/** The exact state an effect was permitted for. When any of it changes the permit is void. */
export interface BoundState {
  readonly vendor: string
  readonly connection: string
  readonly repository: string
  readonly runId: string
  readonly attempt: number
  readonly sha: string
  readonly pipeline: string
  /** Names of the jobs the effect touches, sorted. */
  readonly jobs: readonly string[]
}

/**
 * The states of a permit. `asked` waits for a person until `expiresAt`; `granted` may be used once, for exactly its
 * state; `used` has a receipt; `refused`, `void` and `expired` are ends with a written reason.
 */
export const permitStates = ['asked', 'granted', 'used', 'refused', 'void', 'expired'] as const
export type PermitState = (typeof permitStates)[number]

/** Why a permit was refused or a person is asked: stable codes, with the sentence for people beside them. */
export const reasonCodes = [
  'stopped',
  'stop-unknown',
  'mode-observe',
  'mode-suggest',
  'mode-ask',
  'never-job',
  'side-effect',
  'side-effect-unknown',
  'cap-attempts',
  'budget-day',
  'backing-off',
  'mass-failure',
  'superseded',
  'unsupported',
  'state-changed',
  'person',
  'expired',
  'provider-limit',
] as const
export type ReasonCode = (typeof reasonCodes)[number]
export interface Reason {
  readonly code: ReasonCode
  readonly sentence: string
}

export interface Permit {
  readonly id: string
  /** The flow that asked: one flow asks once for one effect. */
  readonly flowId: string
  readonly remedy: RemedyKind
  readonly mode: Mode
  readonly state: PermitState
  readonly reasons: readonly Reason[]
  readonly bound: BoundState
  readonly askedAt: Date
  readonly decidedAt?: Date | undefined
  readonly decidedBy?: string | undefined
  readonly expiresAt?: Date | undefined
  readonly receipt?: unknown
}

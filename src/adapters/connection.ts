import type { Ci, Hook } from './ci.ts'

/** One configured link to a vendor's installation: how it calls us (`hook`, `secrets`) and how we call it (`ci`). */
export interface Connection {
  readonly id: string
  readonly vendor: string
  /** Live webhook secrets, one or two while they are rotated. Never logged. */
  readonly secrets: readonly string[]
  readonly hook: Hook
  readonly ci: Ci
}

import type { Diagnosis } from '../../model/diagnosis.ts'
import type { RemedyKind } from '../../model/remedy.ts'
import type { Conclusion, Observed } from '../../model/run.ts'
import type { FamilyRecord } from './families-memory.ts'

/** One failed (or hanging) job and what its log says. */
export interface FailedJob {
  readonly id: string
  readonly externalId: string
  readonly name: string
  readonly key?: string | undefined
  readonly conclusion?: Conclusion | undefined
  readonly completedAt?: string | undefined
  readonly observed?: Observed | undefined
  readonly diagnosis: Diagnosis
}

/**
 * All that a decision is made from: gathered once in `sense`, kept in the ledger, plain JSON, so that the same facts
 * give the same decision again.
 */
export interface Facts {
  /** When they were gathered. */
  readonly at: string
  readonly run: {
    readonly id: string
    readonly connection: string
    readonly vendor: string
    readonly externalId: string
    readonly repository: string
    readonly pipeline: string
    readonly path?: string | undefined
    readonly number: number
    readonly attempt: number
    readonly branch?: string | undefined
    readonly sha: string
    readonly actor?: string | undefined
    readonly conclusion?: Conclusion | undefined
    readonly ended: boolean
    /** It failed without a job, as a run does whose definition is invalid. */
    readonly beganNoJob?: boolean | undefined
  }
  /** Failed jobs, the first to fail first. */
  readonly failed: readonly FailedJob[]
  readonly can: { readonly rerunClean: boolean; readonly resize: boolean; readonly stopJob: boolean }
  /** Remedies that were applied to this run before. */
  readonly tried: readonly { readonly remedy: RemedyKind; readonly family: string | null }[]
  readonly history: FamilyRecord
  /** What is wrong with the repository's `.mendline.yml` or its signatures, or not yet honoured of them. */
  readonly policyNotes: readonly string[]
  /** How far resources may grow in this repository. */
  readonly upTo: { readonly memoryBytes: number; readonly timeoutMs: number }
}

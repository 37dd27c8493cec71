import type { Conclusion, Observed } from '../../../model/run.ts'
import type { LabelledLog } from '../locate/examples.ts'
import type { LogReading } from '../logs/reading.ts'

/** What is known of a failure beside its log. */
export interface Facts {
  /** What the runner measured: stronger than any line. */
  readonly observed?: Observed | undefined
  readonly conclusion?: Conclusion | undefined
  readonly history?: History | undefined
  /** Names of the steps that failed, as the vendor's API tells. */
  readonly stepNames?: readonly string[] | undefined
  /** The log of the same job when it passed. */
  readonly passed?: LogReading | undefined
  /** How that log is called in a sentence; `the passing log` unless told. */
  readonly passedIn?: string | undefined
  /** Earlier failed logs of the same repository, labelled by people. */
  readonly examples?: readonly LabelledLog[] | undefined
}

/** What became of like failures before. */
export interface History {
  /** The same job has passed at the same commit with the same pipeline. */
  readonly passedAtSameCommit?: boolean | undefined
  /** Earlier failures of this family that were rerun without any change. */
  readonly family?: { readonly passedOnRerun: number; readonly failedOnRerun: number } | undefined
}

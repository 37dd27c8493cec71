import type { Category } from '../../../model/diagnosis.ts'
import type { LogReading } from '../logs/reading.ts'

/** An earlier failed log of the same repository in which people marked the lines that show the failure. */
export interface LabelledLog {
  readonly reading: LogReading
  /** 1-based, inclusive; may be empty when only the category is known. */
  readonly spans: readonly { readonly start: number; readonly end: number }[]
  readonly category?: Category | undefined
}

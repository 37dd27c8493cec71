import type { Category } from '../../../model/diagnosis.ts'
import type { RemedyKind } from '../../../model/remedy.ts'
import type { Query } from './query.ts'

/** A failure that people have named by how it looks in a log. Whoever writes one knows better than any model. */
export interface Signature {
  readonly id: string
  readonly query: Query
  readonly category?: Category | undefined
  /** What it means, for people: "the staging database is down". */
  readonly says?: string | undefined
  /** Where it is written about. */
  readonly url?: string | undefined
  /** What its authors would do about it. A hint in the evidence: what may be done is the policy's. */
  readonly remedy?: RemedyKind | undefined
}

/** A signature that hit, first on this line and on so many in all. */
export interface SignatureFound extends Omit<Signature, 'query'> {
  readonly line: number
  readonly count: number
}

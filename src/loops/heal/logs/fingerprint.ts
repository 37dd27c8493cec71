import { createHash } from 'node:crypto'
import type { Category } from '../../../model/diagnosis.ts'
import { maskedButAddresses, skeleton } from './mask.ts'

/** Raised whenever masking changes, so that fingerprints of different makings are never compared. */
const fingerprintVersion = 2

export interface Fingerprint {
  readonly exact: string
  readonly family: string
  readonly version: number
}

/**
 * Two names for a failure. `exact`: the same lines but for what changes from run to run. `family`: the same kind of
 * message from the same tool for the same reason.
 */
export function fingerprintOf(facts: {
  readonly category: Category
  readonly tool?: string | undefined
  readonly lines: readonly string[]
  /** Whoever wrote a signature says what is one failure, whatever its words. */
  readonly signature?: string | undefined
}): Fingerprint {
  const lines = facts.lines.filter((line) => line.trim() !== '').slice(0, 8)
  return {
    exact: digest([facts.category, ...lines.map(maskedButAddresses)]),
    family:
      facts.signature === undefined
        ? digest([facts.category, facts.tool ?? '', skeleton(lines[0] ?? '')])
        : digest(['signature', facts.signature]),
    version: fingerprintVersion,
  }
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}

import { createHash } from 'node:crypto'
import type { Category } from '../../../model/diagnosis.ts'
import { masked, maskedButAddresses, skeleton } from './mask.ts'

/** Raised whenever masking changes, so that fingerprints of different makings are never compared. */
const fingerprintVersion = 2

const mostNames = 50

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
  /** Names of the tests that failed, when that is what broke: runners say the same of every test. */
  readonly failing?: readonly string[] | undefined
  /** Whoever wrote a signature says what is one failure, whatever its words. */
  readonly signature?: string | undefined
}): Fingerprint {
  const lines = facts.lines.filter((line) => line.trim() !== '').slice(0, 8)
  return {
    exact: digest([facts.category, ...lines.map(maskedButAddresses), ...namesOf(facts.failing ?? [])]),
    family:
      facts.signature === undefined
        ? digest([facts.category, facts.tool ?? '', skeleton(lines[0] ?? '')])
        : digest(['signature', facts.signature]),
    version: fingerprintVersion,
  }
}

/** Tests run side by side fail in any order. */
function namesOf(failing: readonly string[]): readonly string[] {
  return failing.slice(0, mostNames).map(masked).sort()
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}

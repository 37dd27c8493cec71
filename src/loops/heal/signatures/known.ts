import type { Block } from '../logs/blocks.ts'
import { createMatcher, type Fields } from './matcher.ts'
import type { Signature, SignatureFound } from './signature.ts'

/** Signatures made ready, and what is known of the log they are looked for in. */
export interface KnownSignatures {
  /** With more known of the log. */
  on(fields: Fields): KnownSignatures
  /** A look through one log. */
  look(): { see(block: Block): void; found(): readonly SignatureFound[] }
}

/**
 * Made once for a list of signatures. Those that hit come in the order of the list: whoever writes a list puts what is
 * more particular first.
 */
export function knownSignatures(signatures: readonly Signature[], fields: Fields = {}): KnownSignatures {
  const matcher = createMatcher(signatures)
  const withFields = (fields: Fields): KnownSignatures => ({
    on: (more) => withFields({ ...fields, ...more }),
    look() {
      const log = matcher.on({ ...jobOutput, ...fields })
      return {
        see: log.see,
        found() {
          const hits = new Map(log.hits().map((hit) => [hit.id, hit]))
          return signatures.flatMap(({ query: _, ...signature }) => {
            const hit = hits.get(signature.id)
            return hit === undefined ? [] : [{ ...signature, line: hit.line, count: hit.count }]
          })
        },
      }
    },
  })
  return withFields(fields)
}

/** What OpenStack calls the output of a job, so that its signatures hit as they are. */
const jobOutput: Fields = { tags: ['console', 'console.html'], filename: 'console.html', build_status: 'FAILURE' }

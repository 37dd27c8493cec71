import type { Category } from '../../../model/diagnosis.ts'
import type { SignatureFound } from './signature.ts'

/** How sure a signature is that names a category: people wrote it for exactly this, and a pattern may still be too wide. */
const sureness = 0.95

/** The category that the first signature with one names. */
export function namedCategory(
  found: readonly SignatureFound[],
): { readonly category: Category; readonly p: number } | undefined {
  const category = found.find((each) => each.category !== undefined)?.category
  return category === undefined ? undefined : { category, p: sureness }
}

/** What broke, in the words of whoever wrote the signature that names the category. */
export function signatureSentence(found: readonly SignatureFound[], category: Category): string | undefined {
  const { says, id, line } = found.find((each) => each.category === category && each.says !== undefined) ?? {}
  if (says === undefined) return undefined
  return `${says.charAt(0).toUpperCase()}${says.slice(1).replace(/[.\s]{1,9}$/, '')} (line ${line}, signature ${id}).`
}

const mostTold = 5

/** Why, in words, for people. */
export function signatureEvidence(found: readonly SignatureFound[]): readonly string[] {
  return found.slice(0, mostTold).map(({ id, line, count, says, url, remedy }) => {
    const more = count === 1 ? '' : ` and ${count - 1} more`
    const meaning = says === undefined ? '' : `: ${says}`
    const about = url === undefined ? '' : ` (${url})`
    const hint = remedy === undefined ? '' : `; who wrote it would ${remedy.replaceAll('-', ' ')}`
    return `line ${line}${more}: signature ${id}${meaning}${about}${hint}`
  })
}

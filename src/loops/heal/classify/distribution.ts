import type { Vote } from './category.ts'
import { type Cause, causeOf, sharesOf } from './causes.ts'

/** How much what is usual within a cause weighs against what the patterns saw of it. */
const usual = 0.15
/** The likeliest category of a cause has nearly all of it: which one it is says little about who must act. */
const sharpness = 4

/**
 * The model's causes spread over categories, best first. Within a cause the patterns decide, and what is usual where they
 * are silent. Categories that nothing was learnt of have what the patterns give them.
 */
export function distribution(causes: ReadonlyMap<Cause, number>, votes: readonly Vote[]): readonly Vote[] {
  const voted = new Map(votes.map(({ category, p }) => [category, p]))
  const others = votes.filter(({ category }) => causeOf(category) === undefined)
  const left = 1 - others.reduce((sum, { p }) => sum + p, 0)
  const spread = [...causes].flatMap(([cause, p]) => {
    const parts = sharesOf(cause).map(({ category, share }) => ({
      category,
      weight: ((voted.get(category) ?? 0) + usual * share) ** sharpness,
    }))
    const total = parts.reduce((sum, { weight }) => sum + weight, 0)
    return parts.map(({ category, weight }) => ({ category, p: (left * p * weight) / total }))
  })
  return [...others, ...spread].sort((a, b) => b.p - a.p)
}

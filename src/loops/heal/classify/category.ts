import type { Category } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'

export interface Vote {
  readonly category: Category
  readonly p: number
}

/** Below this the answer is `unknown`: rather no answer than a guess. */
export const bar = 0.4
/** What is set aside for causes that no pattern knows. */
const unknownMass = 0.12

/**
 * Probabilities over categories from the ranked lines, best first. A category gathers its lines as independent
 * witnesses (noisy-or), each further one worth half the one before, for lines of one failure repeat each other.
 */
export function vote(ranked: readonly Ranked[]): readonly Vote[] {
  const witnesses = new Map<Category, number[]>()
  for (const { pattern, score } of ranked) {
    if (pattern.category === undefined) continue
    const scores = witnesses.get(pattern.category) ?? []
    witnesses.set(pattern.category, [...scores, score])
  }
  const strengths = [...witnesses].map(([category, scores]) => ({
    category,
    strength: 1 - scores.slice(0, 5).reduce((left, score, index) => left * (1 - score * 0.5 ** index), 1),
  }))
  const sharpened = strengths.map(({ category, strength }) => ({ category, mass: strength ** 4 }))
  const total = sharpened.reduce((sum, { mass }) => sum + mass, unknownMass)
  return sharpened.map(({ category, mass }) => ({ category, p: mass / total })).sort((a, b) => b.p - a.p)
}

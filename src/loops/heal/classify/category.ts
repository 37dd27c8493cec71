import type { Category } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'
import type { Section } from '../logs/reading.ts'
import type { TestResults } from '../results/test-results.ts'
import { commandSays, exitSays } from './command.ts'
import { readAsTests } from './tests-first.ts'

export interface Vote {
  readonly category: Category
  readonly p: number
}

/** What is set aside for causes that no pattern knows. */
const unknownMass = 0.12

/** How the command that failed ended. */
interface Ending {
  readonly section: Section | undefined
  readonly exitCode: number | undefined
  readonly results: TestResults | undefined
}

/**
 * Probabilities over categories from the ranked lines, best first. A category gathers its lines as independent
 * witnesses (noisy-or), each further one worth half the one before, for lines of one failure repeat each other.
 */
export function vote(ranked: readonly Ranked[], { section, exitCode, results }: Ending): readonly Vote[] {
  const witnesses = new Map<Category, number[]>()
  for (const { category, score } of [
    ...readAsTests(ranked, results),
    ...commandSays(section?.name),
    ...exitSays(exitCode),
  ]) {
    const scores = witnesses.get(category) ?? []
    scores.push(score)
    witnesses.set(category, scores)
  }
  const masses = [...witnesses].map(([category, scores]) => ({ category, mass: strength(scores) ** 4 }))
  const total = masses.reduce((sum, { mass }) => sum + mass, unknownMass)
  return masses.map(({ category, mass }) => ({ category, p: mass / total })).sort((a, b) => b.p - a.p)
}

function strength(scores: readonly number[]): number {
  const best = scores.toSorted((a, b) => b - a).slice(0, 5)
  return 1 - best.reduce((left, score, index) => left * (1 - score * 0.5 ** index), 1)
}

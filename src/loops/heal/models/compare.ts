import { bootstrap } from '../learn/bootstrap.ts'
import type { Answer } from './trainer.ts'

/** One case, as the model in use and the new one answer it; neither had learnt from it when it answered. */
export interface Beside {
  readonly project: string
  /** Cases of one signature share the weight of one. */
  readonly weight: number
  readonly before: Answer
  readonly after: Answer
}

export interface Comparison {
  readonly verdict: 'better' | 'as good' | 'worse' | 'too few cases'
  readonly cases: number
  readonly projects: number
  readonly accuracy: Difference
  /** Of the mean of `p`: for causes the probability that was given to the truth. */
  readonly belief: Difference
}

interface Difference {
  readonly before: number
  readonly after: number
  /** Of the difference, when projects are drawn anew. */
  readonly low: number
  readonly high: number
}

/** From fewer nobody can tell which model is better. */
const fewestCases = 30
const fewestProjects = 5
/** Differences this small are not worth a refusal. */
const tolerance = 0.005

/** Which of two models answers the same cases better. A model is worse when it is less right, or believes less in the truth. */
export function compare(pairs: readonly Beside[]): Comparison {
  const byProject = [...Map.groupBy(pairs, ({ project }) => project).values()]
  const accuracy = difference(byProject, ({ right }) => (right ? 1 : 0))
  const belief = difference(byProject, ({ p }) => p)
  const told = { cases: pairs.length, projects: byProject.length, accuracy, belief }
  if (pairs.length < fewestCases || byProject.length < fewestProjects) return { verdict: 'too few cases', ...told }
  const steps = [accuracy, belief].map(({ before, after }) => after - before)
  if (steps.some((step) => step < -tolerance)) return { verdict: 'worse', ...told }
  return { verdict: steps.some((step) => step > tolerance) ? 'better' : 'as good', ...told }
}

function difference(byProject: readonly (readonly Beside[])[], of: (answer: Answer) => number): Difference {
  const all = byProject.flat()
  const step = (some: readonly Beside[]) =>
    mean(some, ({ after }) => of(after)) - mean(some, ({ before }) => of(before))
  const [low, high] = bootstrap(byProject, (drawn) => step(drawn.flat()), { rounds: 400 })
  return { before: mean(all, ({ before }) => of(before)), after: mean(all, ({ after }) => of(after)), low, high }
}

function mean(pairs: readonly Beside[], of: (pair: Beside) => number): number {
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0)
  return pairs.reduce((sum, pair) => sum + pair.weight * of(pair), 0) / total
}

/** What the two measures of a kind of model are called. */
export interface MeasureWords {
  readonly right: string
  readonly p: string
}

/** The comparison for a person, in one sentence. */
export function sayComparison(
  { verdict, cases, projects, accuracy, belief }: Comparison,
  inUse: string,
  words: MeasureWords,
): string {
  const on = `on the same ${cases} cases of ${projects} projects`
  if (verdict === 'too few cases')
    return `${on} nobody can tell whether it is better than ${inUse}: give at least ${fewestCases} cases of ${fewestProjects} projects`
  return (
    `${verdict === 'as good' ? 'as good as' : `${verdict} than`} ${inUse} ${on}: ` +
    `${words.right} ${sayDifference(accuracy)}, ${words.p} ${sayDifference(belief)}`
  )
}

function sayDifference({ before, after, low, high }: Difference): string {
  return `${after.toFixed(3)} against ${before.toFixed(3)} (difference ${signed(low)} to ${signed(high)})`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
}

import { plainLine } from '../../base/text.ts'
import type { ModelRecord } from '../../contract/learning.ts'

/** What a model was trained on and what it reached, as lines for a terminal. */
export function sayRecord({ trainedOn, split, figures, reliability, notes }: ModelRecord): readonly string[] {
  const width = Math.max(...figures.map(({ name }) => name.length), 24)
  return [
    ...trainedOn.map(
      ({ source, cases, projects }) =>
        `  trained on ${plainLine(source)}: ${count(cases, 'case')} of ${count(projects, 'project')}`,
    ),
    `  ${split}`,
    `  ${'figure'.padEnd(width)}  measured  on other projects, 95 of 100 times`,
    ...figures.map(({ name, value, low, high }) => {
      const range = low === null || high === null ? 'not measured' : `${low.toFixed(3)} to ${high.toFixed(3)}`
      return `  ${name.padEnd(width)}  ${value.toFixed(3).padStart(8)}  ${range}`
    }),
    ...(reliability.length === 0 ? [] : ['  how sure  how many were right  answers']),
    ...reliability.map(({ confidence, accuracy, weight }) => {
      const sure = confidence.toFixed(3).padStart(8)
      return `  ${sure}  ${accuracy.toFixed(3).padStart(19)}  ${weight.toFixed(0).padStart(7)}`
    }),
    ...notes.map((note) => `  ${note}`),
  ]
}

function count(n: number, one: string): string {
  return `${n} ${n === 1 ? one : `${one}s`}`
}

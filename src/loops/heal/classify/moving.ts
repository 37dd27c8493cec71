import type { Category } from '../../../model/diagnosis.ts'
import { placeOf } from '../learn/hash.ts'
import { type CauseModel, dimensions } from './cause-model.ts'
import { causeNames, causeOf } from './causes.ts'
import type { Feature } from './features.ts'

const shown = 3
const worthSaying = 0.25

/** Which words and signs moved the model to this category, in words; what the patterns' votes did is told by them. */
export function moving(
  { weights: { weights, labels } }: CauseModel,
  features: readonly Feature[],
  category: Category,
): readonly string[] {
  const cause = causeOf(category)
  if (cause === undefined) return []
  const label = causeNames.indexOf(cause)
  const pushes = features.flatMap(([name, value]) => {
    const kind = kinds.find(([prefix]) => name.startsWith(prefix))
    if (kind === undefined) return []
    const index = placeOf(name, dimensions)
    const row = weights.subarray(index * labels, (index + 1) * labels)
    const mean = row.reduce((sum, each) => sum + each, 0) / labels
    return [{ said: `${kind[1]} "${name.slice(kind[0].length)}"`, push: value * ((row[label] ?? 0) - mean) }]
  })
  const most = pushes
    .filter(({ push }) => push >= worthSaying)
    .sort((a, b) => b.push - a.push)
    .slice(0, shown)
  if (most.length === 0) return []
  return [
    `labelled logs speak for ${category}: ${most.map(({ said, push }) => `${said} +${push.toFixed(1)}`).join(', ')}`,
  ]
}

/** Features that mean something to a person, and how to say them. */
const kinds = [
  ['word ', 'the word'],
  ['last ', 'near the end the word'],
  ['command ', 'in the command'],
  ['excerpts: ', 'talk of'],
  ['last: ', 'near the end talk of'],
  ['command: ', 'a command of'],
] as const

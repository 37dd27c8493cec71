import type { Category } from '../../../model/diagnosis.ts'
import { areNear } from '../families/near.ts'

/** What a person called a family of failures. */
export interface FamilyLabel {
  readonly family: string
  readonly version: number
  /** What such a failure says, masked; empty when that is not known. */
  readonly text: string
  readonly category: Category
  readonly repository: string
  readonly by: string
  readonly at: Date
  readonly note?: string | undefined
}

export interface Nearest {
  readonly label: FamilyLabel
  /** `same`: of the very family. `near`: what it says differs by at most a tenth. */
  readonly how: 'same' | 'near'
}

interface Failure {
  readonly family: string
  readonly version: number
  readonly text: string
}

/** The label that speaks for a failure: its own family's, else that of the nearest text; of several the newest. */
export function nearestLabel(failure: Failure, labels: readonly FamilyLabel[]): Nearest | undefined {
  const newestFirst = labels
    .filter(({ version }) => version === failure.version)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
  const same = newestFirst.find(({ family }) => family === failure.family)
  if (same !== undefined) return { label: same, how: 'same' }
  // Texts of a few letters are near to much; they say too little to speak for another family.
  if (failure.text.length < tellingLength) return undefined
  const near = newestFirst.find(({ text }) => text.length >= tellingLength && areNear(text, failure.text))
  return near === undefined ? undefined : { label: near, how: 'near' }
}

const tellingLength = 30

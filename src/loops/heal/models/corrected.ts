import { plainLine } from '../../../base/text.ts'
import { categories, type Diagnosis } from '../../../model/diagnosis.ts'
import { believing } from '../classify/believing.ts'
import type { History } from '../classify/evidence.ts'
import { transienceOf } from '../classify/transience.ts'
import { textOf } from '../families/text.ts'
import { type FamilyLabel, type Nearest, nearestLabel } from './nearest.ts'

/** People err and families may hold two failures: a label is strong evidence, never certainty. */
const trust = { same: 0.97, near: 0.85 } as const

/**
 * A diagnosis in which what a person said of like failures decides. The fingerprint stays: it names what the log says,
 * not what it is called.
 */
export function corrected(
  diagnosis: Diagnosis,
  labels: readonly FamilyLabel[],
  history: History | undefined,
): Diagnosis {
  const { family, version } = diagnosis.fingerprint
  const nearest = nearestLabel({ family, version, text: textOf(diagnosis) }, labels)
  if (nearest === undefined) return diagnosis
  const { category } = nearest.label
  const evidence = [sayLabel(nearest), ...diagnosis.evidence]
  const sure = believing(category, trust[nearest.how], diagnosis.categories)
  if (category === diagnosis.category) return { ...diagnosis, ...sure, evidence }
  const { outcome, owner } = categories[category]
  return {
    ...diagnosis,
    ...sure,
    category,
    outcome,
    owner,
    transience: transienceOf(category, undefined, history),
    sentence: sayFailure(nearest.label, diagnosis),
    evidence,
  }
}

function sayLabel({ label, how }: Nearest): string {
  const like = how === 'same' ? 'this failure' : 'a failure that says nearly the same'
  const note = label.note === undefined ? '' : `: ${plainLine(label.note, 200)}`
  return `${label.by} labelled ${like} ${label.category} on ${label.at.toISOString().slice(0, 10)}${note}`
}

/** The sentence of the log spoke for another category; the line itself is still what broke. */
function sayFailure({ category, note }: FamilyLabel, { excerpts, sentence }: Diagnosis): string {
  const telling = excerpts[0]?.text.find((line) => line.trim() !== '')
  const what = note ?? telling ?? sentence
  return `Known here as ${category}: ${plainLine(what, 240)}`
}

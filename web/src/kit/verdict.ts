import type { DiagnosisView, HealingView } from '../../../src/contract/views.ts'
import { sayCategory, sayOwner } from './categories.ts'
import { cut } from './cut.ts'
import { list, percent } from './words.ts'

type Told = Pick<HealingView, 'seen' | 'label'> & {
  readonly diagnosis: Pick<
    DiagnosisView,
    'abstained' | 'categories' | 'category' | 'confidence' | 'location' | 'owner' | 'phase'
  >
}

/** The failure in one sentence: what broke, where, whose it is, how sure, what else it could be, how often it was seen. */
export function verdict({ diagnosis, seen }: Told): string {
  const { abstained, category, confidence, location, owner, phase } = diagnosis
  const where = location ? `in ${cut(location.file, 120)}, line ${location.line}` : `in the ${phase} phase`
  const others = otherwise(diagnosis)
  const often =
    seen.times === 0 ? 'never seen before' : `seen ${seen.times === 1 ? 'once' : `${seen.times} times`} before`
  if (abstained) {
    const guess = others === '' ? '' : `; it could be ${others}`
    return `Mendline does not know the cause of this failure ${where} and will not guess${guess}; ${often}.`
  }
  const sure = `${percent(confidence)} sure`
  const what = `${capital(sayCategory(category))}, ${where}: ${sayOwner(owner)}`
  return `${what}; ${sure}${others === '' ? '' : `, else ${others}`}; ${often}.`
}

/** The other causes that are not out of the question, with how likely each is. */
function otherwise({ abstained, category, categories }: Told['diagnosis']): string {
  const others = categories.filter((each) => (abstained ? each.category !== 'unknown' : each.category !== category))
  const likely = others.filter(({ p }) => p >= 0.02).slice(0, abstained ? 3 : 2)
  return list(
    likely.map((each) => `${sayCategory(each.category)} (${percent(each.p)})`),
    'or',
  )
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

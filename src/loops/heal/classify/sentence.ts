import { plainLine } from '../../../base/text.ts'
import type { Category, Diagnosis } from '../../../model/diagnosis.ts'
import type { Ranked } from '../logs/rank.ts'

/** What each category means when no pattern has a better word for it. */
const meanings: Partial<Record<Category, string>> = {
  'code.compile': 'the code does not compile',
  'code.test': 'a test failed',
  'code.quality': 'a check of style or quality failed',
  unknown: 'the log does not tell the cause',
}

/** One sentence for people: what broke, where, in the words of the failing line. */
export function sentenceOf(
  category: Category,
  best: Ranked | undefined,
  location: Diagnosis['location'],
  failing: readonly string[],
): string {
  if (best === undefined) return 'The log does not tell the cause.'
  if (category === 'unknown') return `The cause is not known; the first line that looks like it: ${quoted(best)}`
  const where = location === undefined ? '' : ` in ${plainLine(location.file, 120)}, line ${location.line}`
  const first = failing[0]
  if (category.startsWith('code.test') || category.startsWith('test.')) {
    const more = failing.length > 1 ? ` and ${failing.length - 1} more` : ''
    if (first !== undefined) return `${capital(`test "${plainLine(first, 160)}"${more} failed`)}${where}.`
  }
  const meaning = best.pattern.category === category ? best.pattern.says : meanings[category]
  return `${capital(meaning ?? meanings[category] ?? category)}${where}: ${quoted(best, location?.file)}`
}

/** The line's own words; not again the place, where that was told. */
function quoted({ hit }: Ranked, file?: string): string {
  const at = file === undefined ? -1 : hit.text.indexOf(file)
  const words = file === undefined || at === -1 || at > 40 ? hit.text : hit.text.slice(at + file.length)
  return plainLine(words === hit.text ? words : words.replace(/^[\s(:[\]),\d-]{0,30}/, ''), 240)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

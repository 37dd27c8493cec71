import type { Template } from './miner.ts'
import { any, isMark, wordsOf } from './words.ts'

/**
 * Tells the template of a new line, by number, or that it has none: the line is of a kind that was never seen. Of
 * several the one with the most words of its own.
 */
export function templateIndex(templates: readonly Template[]): (line: string) => number | undefined {
  const ranked = templates
    .map(({ words, longest }, number) => ({ words, longest, number, own: words.filter((word) => word !== any).length }))
    .sort((a, b) => b.own - a.own || a.number - b.number)
  const frequency = new Map<string, number>()
  for (const { words } of ranked) for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  // Under the word that the fewest templates have; those of marks and values alone are tried for every line.
  const byWord = Map.groupBy(ranked, ({ words }) => rarest(words, frequency))

  return (line) => {
    const { words } = wordsOf(line)
    const wanted = [...new Set(['', ...words])].flatMap((word) => byWord.get(word) ?? [])
    return (
      wanted
        // Values alone fit anything: they stand for what is no longer than what they were mined from.
        .filter(({ own, longest }) => own > 0 || words.length <= longest)
        .filter((template) => fits(template.words, words))
        .reduce<(typeof wanted)[number] | undefined>(
          (best, each) => (best === undefined || each.own > best.own ? each : best),
          undefined,
        )?.number
    )
  }
}

function rarest(words: readonly string[], frequency: ReadonlyMap<string, number>): string {
  const own = words.filter((word) => word !== any && !isMark(word))
  return own.reduce((best, word) => ((frequency.get(word) ?? 0) < (frequency.get(best) ?? Infinity) ? word : best), '')
}

/** A value of the template is one word of the line or more. */
function fits(template: readonly string[], words: readonly string[]): boolean {
  let at = 0
  let from = 0
  let value = -1
  let valueFrom = 0
  while (from < words.length) {
    if (template[at] === any) {
      value = at
      valueFrom = from
      at += 1
      from += 1
    } else if (at < template.length && template[at] === words[from]) {
      at += 1
      from += 1
    } else if (value !== -1) {
      // The last value takes one word more; earlier ones need not change.
      valueFrom += 1
      at = value + 1
      from = valueFrom + 1
    } else return false
  }
  return at === template.length
}

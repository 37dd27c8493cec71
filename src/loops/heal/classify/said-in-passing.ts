import type { Ranked } from '../logs/rank.ts'

/** A test that passed may be named after any failure: `ok 12 - reports a refused connection`. */
const passed =
  /^\s{0,40}(?:[✓✔√]|\[\+\]|\[ {0,6}(?:OK|PASSED|ok) {0,6}\]|ok \d{1,7}\b|(?:--- )?PASS(?:ED)?[: ]|Test Case '.{1,300}' passed)|(?:\.\.\.?|:|ms|s|\)) {0,3}(?:ok|OK|PASSED|Passed|passed)(?: \(?[\d.]{1,10} ?m?s(?:ec)?\)?)?\.?$/

const warned =
  /^\s{0,12}(?:\S{1,40} )?(?:\[(?:warn|WARN|warning|WARNING)\]|(?:npm )?(?:warn|WARN|warning|WARNING|Warning)(?::|\b \S)|W: |w: )/

const triedAgain =
  /\b(?:[Rr]etrying|[Tt]rying again|[Ww]ill retry|retry \d|[Rr]etry attempt)\b|\b\d{1,3} (?:tries|retries|attempts) (?:remaining|left)\b/

/** Checkers and package managers warn of just that for which they fail. */
const warnedOf = /^(?:code\.quality|code\.links|code\.security|dep)/

/**
 * A line may show an error that stopped nothing: as the name of a test that passed, as a warning, or before another
 * try. The first is left out, the others count less. Best first, as it was.
 */
export function withoutAsides(ranked: readonly Ranked[]): readonly Ranked[] {
  return ranked
    .flatMap((each): readonly Ranked[] => {
      const { pattern, hit, score } = each
      if (pattern.role !== 'cause' && pattern.role !== 'hint') return [each]
      const text = hit.text.slice(0, 500)
      if (passed.test(text)) return []
      if (triedAgain.test(text)) return [{ ...each, score: score * 0.6 }]
      if (warned.test(text) && !warnedOf.test(pattern.category ?? '')) return [{ ...each, score: score * 0.6 }]
      return [each]
    })
    .sort((a, b) => b.score - a.score || a.hit.line - b.hit.line)
}

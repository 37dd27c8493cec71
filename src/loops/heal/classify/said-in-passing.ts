import type { Ranked } from '../logs/rank.ts'

/** A test that passed may be named after any failure: `ok 12 - reports a refused connection`. */
const passed =
  /^\s{0,40}(?:[✓✔√]|\[\+\]|\[ {0,6}(?:OK|PASSED|ok) {0,6}\]|ok \d{1,7}\b|(?:--- )?(?:PASS|SKIP)(?:P?ED)?[: ]|Test Case '.{1,300}' passed)|(?:\.\.\.?|:|ms|s|\)) {0,3}(?:ok|OK|PASSED|Passed|passed)(?: \(?[\d.]{1,10} ?m?s(?:ec)?\)?)?\.?$/

const warned =
  /^\s{0,12}(?:\S{1,40} )?(?:\[(?:warn|WARN|warning|WARNING)\]|(?:npm )?(?:warn|WARN|warning|WARNING|Warning)(?::|\b \S)|W: |w: )/

const triedAgain =
  /\b(?:[Rr]etrying|[Tt]rying again|[Ww]ill retry|retry \d|[Rr]etry attempt)\b|\b\d{1,3} (?:tries|retries|attempts) (?:remaining|left)\b/

/** What the program under test logs of itself: the errors that its tests make on purpose are among it. */
const logged =
  /^\s{0,4}(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d[.,]\d{3}Z? {1,3}(?:\[[^\]]{1,80}\] )?(?:ERROR|WARN|INFO|DEBUG|FATAL) /

/** Checkers, package managers and detectors of races warn of just that for which they fail. */
const warnedOf = /^(?:code\.(?:quality|links|security|crash|test)|dep|test)/

/** Why a link is dead, or what the program under test meets. */
const ofNetwork = /^(?:net|ext|auth)/

/** What a line that stopped nothing is worth beside one that did. */
const damping = 0.6

/**
 * A line may show an error that stopped nothing: as the name of a test that passed, as the reason for a dead link, as a
 * warning, in a program's own log, or before another try. The first two are left out, the others count less. Best
 * first, as it was.
 */
export function withoutAsides(ranked: readonly Ranked[]): readonly Ranked[] {
  const links = new Set(ranked.flatMap(({ pattern, hit }) => (pattern.category === 'code.links' ? [hit.line] : [])))
  return ranked
    .filter((each) => !speaksOfCauses(each) || !(passed.test(textOf(each)) || isWhyLinkIsDead(each, links)))
    .map((each) => (speaksOfCauses(each) && stoppedNothing(each) ? { ...each, score: each.score * damping } : each))
    .sort((a, b) => b.score - a.score || a.hit.line - b.hit.line)
}

function speaksOfCauses({ pattern }: Ranked): boolean {
  return pattern.role === 'cause' || pattern.role === 'hint'
}

function textOf({ hit }: Ranked): string {
  return hit.text.slice(0, 500)
}

function isWhyLinkIsDead({ pattern, hit }: Ranked, links: ReadonlySet<number>): boolean {
  return links.has(hit.line) && ofNetwork.test(pattern.category ?? '')
}

function stoppedNothing(each: Ranked): boolean {
  const text = textOf(each)
  const category = each.pattern.category ?? ''
  return (
    triedAgain.test(text) ||
    (logged.test(text) && ofNetwork.test(category)) ||
    (warned.test(text) && !warnedOf.test(category))
  )
}

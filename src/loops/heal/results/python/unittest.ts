import { add, count, createNames, emptyTally, seconds, type Tally } from '../tally.ts'
import type { Tool } from '../tool.ts'

const rule = '='.repeat(70)
const ran = /(?:^|\s)Ran (\d{1,9}) tests? in ([\d.]{1,15})s/
const outcome = /^(OK|FAILED|NO TESTS RAN)(?: \(([^)]{1,300})\))?\s*$/
const failed = /^(?:FAIL|ERROR|UNEXPECTED SUCCESS): (\S.{0,2000})$/
/** `test_adds (tests.test_cart.CartTest)`; what follows is the subtest. */
const method = /^(\S{1,300}(?:\(.{0,600}\))? \([^\s()]{1,400}\))/
/** Lines between the total and the outcome: what the tests left unwritten. */
const maxWait = 12

/**
 * unittest, Django's runner and nose:
 *
 *     ======================================================================
 *     FAIL: test_adds (tests.test_cart.CartTest)
 *     ----------------------------------------------------------------------
 *     Ran 3 tests in 0.002s
 *
 *     FAILED (failures=1, errors=1, skipped=1)
 *
 * Names are as written; of what nose could not even load (`ERROR: Failure: ImportError (…)`) the error is the name.
 */
export const unittest: Tool = {
  name: 'unittest',
  family: 'python',
  literals: [rule, 'tests in ', 'test in ', 'FAILED (', 'OK ('],
  read() {
    let spoke = false
    let ruled = false
    let waiting = 0
    const tally = emptyTally()
    const failing = createNames()
    return {
      see(line) {
        const total = ran.exec(line)
        if (total !== null) {
          spoke = true
          waiting = maxWait
          add(tally, { run: count(total[1]), seconds: seconds(total[2]) })
          return
        }
        if (waiting > 0) {
          waiting -= 1
          const found = outcome.exec(line)
          if (found === null) return
          waiting = 0
          return add(tally, countsOf(found[2] ?? ''))
        }
        if (ruled) {
          const name = failed.exec(line)?.[1]
          if (name !== undefined) failing.add(nameOf(name))
        }
        ruled = line.trimEnd() === rule
      },
      follows: () => ruled || waiting > 0,
      end: () => (spoke || failing.size > 0 ? { tally, failing: failing.list() } : undefined),
    }
  },
}

/** Expected failures are left among those that passed, as unittest itself does. */
function countsOf(text: string): Partial<Tally> {
  const counts = new Map(
    text.split(', ').map((item) => {
      const [what = '', amount] = item.split('=')
      return [what.toLowerCase(), count(amount)] as const
    }),
  )
  const of = (...names: readonly string[]) => names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0)
  const errored = of('errors', 'error')
  return { failed: of('failures', 'failure') + errored, errored, skipped: of('skipped', 'skip') }
}

function nameOf(text: string): string {
  const unloadable = /^Failure: ([^\s(]{1,300})/.exec(text)?.[1]
  return unloadable ?? method.exec(text)?.[1] ?? text.replace(/^Doctest: /, '').trim()
}

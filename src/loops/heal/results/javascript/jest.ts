import { add, count, createNames, emptyTally, seconds } from '../tally.ts'
import type { Tool } from '../tool.ts'

const totals =
  /^\s{0,4}Tests:\s{1,12}((?:\d{1,9} (?:failed|skipped|todo|pending|passed|disabled), ){0,6})(\d{1,9}) total\s*$/
const suites = /^\s{0,4}Test Suites:\s{1,6}.{0,120}\d{1,9} (?:total|of \d{1,9} total)\s*$/
const time = /^\s{0,4}Time:\s{1,12}([\d.]{1,12}) ?(s|ms|m|h)(?:ecs?)?(?:,.{0,60})?\s*$/
const file = /^\s{0,4}(FAIL|PASS)\s{1,4}\S/
const bullet = /^\s{0,8}● (\S.{0,1500}?)\s*$/
const notTests =
  /^(?:Console|Test suite failed to run$|Validation Warning|Deprecation Warning|Cannot log after tests are done|process\.exit called with)/
const summaryBegin = /^\s{0,4}Summary of all failing tests/

/**
 * Jest:
 *
 *     FAIL src/cart.test.ts (5.1 s)
 *       ● Cart › empty › adds
 *     Summary of all failing tests
 *     Test Suites: 1 failed, 2 passed, 3 total
 *     Tests:       1 failed, 1 skipped, 10 passed, 12 total
 *     Time:        2.1 s
 *
 * The summary repeats the failures. A run without any tests counts nothing.
 */
export const jest: Tool = {
  name: 'jest',
  family: 'javascript',
  // At the beginning of a line or behind a blank: other programs say TEST-PASS on every other line.
  literals: [
    'Tests: ',
    'Test Suites: ',
    'Time: ',
    ...['\n', '\r', ' '].flatMap((before) => [`${before}FAIL `, `${before}PASS `]),
    '● ',
    'Summary of all failing tests',
  ],
  read() {
    let spoke = false
    let ran = false
    let inFailures = false
    let awaitsTime = false
    const tally = emptyTally()
    const failing = createNames()
    let inRun = createNames()

    function seeTotals([, list = '', total]: RegExpExecArray): void {
      spoke = true
      const counts = new Map(list.split(', ').map((item) => [item.split(' ')[1] ?? '', count(item.split(' ')[0])]))
      const of = (name: string) => counts.get(name) ?? 0
      inFailures = false
      if (count(total) > 0) {
        ran = true
        awaitsTime = true
        const failed = of('failed')
        add(tally, { run: failed + of('passed'), failed, skipped: of('skipped') + of('pending') + of('disabled') })
        for (const name of inRun.list()) failing.add(name)
      }
      inRun = createNames()
    }

    return {
      see(line) {
        const found = totals.exec(line)
        if (found !== null) return seeTotals(found)
        if (suites.test(line)) {
          spoke = true
          return
        }
        if (awaitsTime) {
          const elapsed = time.exec(line)
          if (elapsed !== null) {
            awaitsTime = false
            return add(tally, { seconds: seconds(elapsed[1], elapsed[2]) })
          }
        }
        const outcome = file.exec(line)?.[1]
        if (outcome !== undefined) inFailures = outcome === 'FAIL'
        else if (summaryBegin.test(line)) inFailures = false
        else if (inFailures) {
          const name = bullet.exec(line)?.[1]
          if (name !== undefined && !notTests.test(name)) inRun.add(name)
        }
      },
      end: () => (spoke ? { tally: ran ? tally : undefined, failing: failing.list() } : undefined),
    }
  },
}

import { add, count, createNames, emptyTally, seconds, type Tally } from '../tally.ts'
import type { Tool } from '../tool.ts'

const executed =
  /^\s*(\S.{0,120}?): Executed (\d{1,9}) of (\d{1,9})(?: \((\d{1,9}) FAILED\))?(?: \(skipped (\d{1,9})\))?(?: (?:SUCCESS|DISCONNECTED|ERROR|\(.{1,20}\)))? \(([\d.]{1,10}) (secs?|mins?)/
const failedIn = /^\s*(?:\S.{0,60}? \([^()]{1,60}\)|\S{1,40} [\d.]{1,30} \([^()]{1,60}\)) (\S.{0,1500}?) FAILED\s*$/
const finished = /^Finished in ([\d.]{1,12}) secs?/
const summary = /^\s*(?:[✔✓√✖×xℹi] )?(\d{1,9}) tests? (completed|skipped|failed)\s*$/
const crossed = /^\s{1,60}[✖×] (\S.{0,1500}?)\s*$/

/**
 * Karma with its own reporters, and with the mocha reporter's summary:
 *
 *     Chrome 80.0 (Linux): Executed 12 of 12 (1 FAILED) (skipped 2) (1.2 secs / 0.9 secs)
 *     Chrome 80.0 (Linux) Cart adds FAILED
 *
 *     Finished in 7.9 secs / 5.5 secs @ 08:53:50 GMT
 *     SUMMARY:
 *     ✔ 10 tests completed
 *     ✖ 1 test failed
 *     FAILED TESTS:
 *       Cart
 *         ✖ adds
 */
export const karma: Tool = {
  name: 'karma',
  family: 'javascript',
  literals: [
    ': Executed ',
    ' FAILED',
    'Finished in ',
    'SUMMARY:',
    'FAILED TESTS:',
    ' test completed',
    ' tests completed',
    ' test skipped',
    ' tests skipped',
    ' test failed',
    ' tests failed',
    '✖ ',
  ],
  read() {
    /** Progress is written over and over: the last line of a browser counts. */
    const browsers = new Map<string, Tally>()
    const tally = emptyTally()
    const failing = createNames()
    const summed = createNames()
    let inSummary = false
    let inFailed = false
    let hasSummary = false
    let time = 0
    return {
      see(line) {
        const run = executed.exec(line)
        if (run?.[1] !== undefined) {
          if (browsers.size >= 100 && !browsers.has(run[1])) return
          const [, browser, done, , failed, skipped, elapsed, unit] = run
          const rest = count(skipped)
          browsers.set(browser ?? '', {
            ...emptyTally(),
            run: Math.max(count(done) - rest, 0),
            failed: count(failed),
            skipped: rest,
            seconds: seconds(elapsed, unit?.startsWith('min') === true ? 'min' : 's'),
          })
          return
        }
        if (/^SUMMARY:\s*$/.test(line)) {
          inSummary = true
          hasSummary = true
          add(tally, { seconds: time })
          time = 0
          return
        }
        if (/^FAILED TESTS:\s*$/.test(line)) {
          inFailed = inSummary
          inSummary = false
          return
        }
        const elapsed = finished.exec(line)?.[1]
        if (elapsed !== undefined) {
          inFailed = false
          time = seconds(elapsed)
          return
        }
        const [, amount, what] = (inSummary ? summary.exec(line) : null) ?? []
        if (what === 'completed') add(tally, { run: count(amount) })
        else if (what === 'failed') add(tally, { run: count(amount), failed: count(amount) })
        else if (what === 'skipped') add(tally, { skipped: count(amount) })
        else if (inFailed) summed.add(crossed.exec(line)?.[1] ?? '')
        else if (browsers.size > 0) failing.add(failedIn.exec(line)?.[1] ?? '')
      },
      end() {
        if (hasSummary) return { framework: 'mocha', tally, failing: summed.list() }
        if (browsers.size === 0) return undefined
        for (const browser of browsers.values()) add(tally, browser)
        return { framework: 'jasmine', tally, failing: failing.list() }
      },
    }
  },
}

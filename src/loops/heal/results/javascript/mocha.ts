import { add, count, createNames, emptyTally, seconds } from '../tally.ts'
import { maxName } from '../test-results.ts'
import type { Tool } from '../tool.ts'

const passing = /^\s*(?:[✔✓√] ?)?(\d{1,9}) passing \((\d{1,9})(ms|s|m|h)\)\s*$/
const pending = /^\s*(?:[-•ℹ] ?)?(\d{1,9}) pending\s*$/
const failures = /^\s*(?:[✖×x] ?)?(\d{1,9}) failing\s*$/
const numbered = /^\s{0,6}(\d{1,7})\) (.{0,1500}?)\s*$/
/** A title of several levels goes on in deeper lines and ends with a colon. */
const maxTitleLines = 30

/**
 * Mocha's spec, dot, nyan and like reporters, and Cypress, which uses them:
 *
 *       10 passing (2s)
 *       1 pending
 *       1 failing
 *
 *       1) Cart
 *            when empty
 *              adds:
 *          AssertionError: expected 2 to equal 3
 *
 * A name is the titles of all levels with a blank between them, as mocha writes it, with its colon at the end.
 */
export const mocha: Tool = {
  name: 'mocha',
  family: 'javascript',
  literals: [' passing (', ' pending', ' failing'],
  read() {
    let ran = false
    /** Failures that are still to be named. */
    let unnamed = 0
    let next = 1
    let title: string | undefined
    let titleLines = 0
    const tally = emptyTally()
    const failing = createNames()

    function grow(part: string): void {
      title = title === undefined || title === '' ? part : `${title} ${part}`
      titleLines += 1
      if (!/:\s*$/.test(part) && titleLines < maxTitleLines && title.length < maxName) return
      if (/:\s*$/.test(part)) failing.add(title)
      title = undefined
      unnamed -= 1
      next += 1
    }

    return {
      see(line) {
        const passed = passing.exec(line)
        if (passed !== null) {
          ran = true
          return add(tally, { run: count(passed[1]), seconds: seconds(passed[2], passed[3]) })
        }
        if (!ran) return
        if (title !== undefined) return line.trim() === '' ? undefined : grow(line.trim())
        const waiting = pending.exec(line)?.[1]
        if (waiting !== undefined) return add(tally, { skipped: count(waiting) })
        const failed = count(failures.exec(line)?.[1])
        if (failed > 0) {
          add(tally, { run: failed, failed })
          unnamed = failed
          next = 1
          return
        }
        if (unnamed === 0) return
        const [, number, text] = numbered.exec(line) ?? []
        if (text === undefined || Number(number) !== next) return
        titleLines = 0
        grow(text)
      },
      follows: () => title !== undefined || unnamed > 0,
      end: () => (ran ? { tally, failing: failing.list() } : undefined),
    }
  },
}

import { lineTool } from '../line-tool.ts'
import type { Tool } from '../tool.ts'

const told = lineTool({
  name: 'ava',
  family: 'javascript',
  within: ['karma', 'mocha', 'tap'],
  literals: [
    ' test failed',
    ' tests failed',
    ' test passed',
    ' tests passed',
    ' tests skipped',
    ' test skipped',
    ' known failure',
    ' uncaught exception',
    ' [fail]: ',
    '✖ ',
  ],
  totals: [
    /^ {2}(?<failed>\d{1,9}) tests? failed(?: \[[\d:]{1,10}\])?\s*$/,
    /^ {2}(?<passed>\d{1,9}) tests? passed(?: \[[\d:]{1,10}\])?\s*$/,
    /^ {2}(?<skipped>\d{1,9}) tests? skipped\s*$/,
    /^ {2}(?<xfailed>\d{1,9}) known failures?\s*$/,
  ],
  failing: [
    /^ {2}(?:✖|✘|×) (?:\[fail\]: )?(?<test>\S.{0,900}?)(?: (?:Rejected promise|Error thrown|Value|Difference|Expected|Test finished|Did not|Assertion|Timed out).{0,300})?\s*$/,
  ],
})

const tick = /^ {2}✔ \S/
const passed = /^ {2}\d{1,9} tests? passed/

/**
 * AVA:
 *
 *       ✔ is empty
 *       ✖ cart › adds Difference (- actual, + expected)
 *       1 test failed
 *       2 tests passed
 *       1 known failure
 *       1 test skipped
 *
 * Beside failures newer versions do not say how many passed: the ticks do.
 */
export const ava: Tool = {
  ...told,
  literals: [...told.literals, '  ✔ '],
  read() {
    const reading = told.read()
    let ticks = 0
    let isPassedTold = false
    return {
      see(line) {
        if (tick.test(line)) ticks += 1
        isPassedTold ||= passed.test(line)
        reading.see(line)
      },
      end() {
        const results = reading.end()
        if (results?.tally === undefined || isPassedTold) return results
        return { ...results, tally: { ...results.tally, run: results.tally.run + ticks } }
      },
    }
  },
}

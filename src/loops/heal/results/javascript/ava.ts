import { lineTool } from '../line-tool.ts'

/**
 * AVA:
 *
 *       ✖ cart › adds Difference (- actual, + expected)
 *       1 test failed
 *       2 tests passed
 *       1 known failure
 *       1 test skipped
 */
export const ava = lineTool({
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

import { lineTool } from '../line-tool.ts'

/**
 * run-tests.php, by which PHP and its extensions are tested:
 *
 *     Tests skipped   :   20 (  1.2%)
 *     Tests failed    :    1 (  0.0%) (  0.0%)
 *     Tests passed    :  217 ( 87.9%) ( 99.6%)
 *     FAILED TEST SUMMARY
 *     ---------------------------------------------------------------------
 *     adds two [ext/cart/tests/adds.phpt]
 */
export const runTests = lineTool({
  name: 'run-tests',
  family: 'php',
  literals: ['Tests skipped   ', 'Tests failed    ', 'Tests passed    ', 'FAILED TEST SUMMARY', 'Time taken      '],
  totals: [
    /^Tests skipped {1,6}: {1,9}(?<skipped>\d{1,9}) \(/,
    /^Tests failed {1,6}: {1,9}(?<failed>\d{1,9}) \(/,
    /^Tests passed {1,6}: {1,9}(?<passed>\d{1,9}) \(/,
  ],
  lists: [
    { begin: /^FAILED TEST SUMMARY\s*$/, item: /^(?!-).{0,900}\[(?<test>\S{1,600}\.phpt)\]/, end: /^(?:=|\s*$)/ },
  ],
  time: /^Time taken {1,6}: {1,9}(?<time>\d{1,9}) seconds/,
})

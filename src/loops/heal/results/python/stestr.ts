import { lineTool } from '../line-tool.ts'

/**
 * stestr and ostestr:
 *
 *     {0} shop.tests.test_cart.CartTest.test_adds [0.012s] ... FAILED
 *     Ran: 12 tests in 1.2000 sec.
 *      - Passed: 10
 *      - Skipped: 1
 *      - Expected Fail: 0
 *      - Unexpected Success: 0
 *      - Failed: 1
 */
export const stestr = lineTool({
  name: 'stestr',
  family: 'python',
  literals: [
    ' - Passed: ',
    ' - Skipped: ',
    ' - Expected Fail: ',
    ' - Unexpected Success: ',
    ' - Failed: ',
    '] ... FAILED',
    'Ran: ',
  ],
  speaks: /^\{\d{1,4}\} |^Ran: \d{1,9} tests? in /,
  totals: [
    /^ - Passed: (?<passed>\d{1,9})\s*$/,
    /^ - Skipped: (?<skipped>\d{1,9})\s*$/,
    /^ - Expected Fail: (?<xfailed>\d{1,9})\s*$/,
    /^ - Unexpected Success: (?<xpassed>\d{1,9})\s*$/,
    /^ - Failed: (?<failed>\d{1,9})\s*$/,
  ],
  failing: [/^\{\d{1,4}\} (?<test>\S.{0,900}?) \[[\d.]{1,12}s\] \.\.\. FAILED\s*$/],
  time: /^Ran: \d{1,9} tests? in (?<time>[\d.]{1,12}) sec/,
})

import { lineTool } from '../line-tool.ts'

/**
 * Common Test:
 *
 *     Testing shop.cart_SUITE: TEST COMPLETE, 10 ok, 1 failed, 2 skipped of 13 test cases
 *     cart_SUITE > adds ... FAILED
 */
export const commonTest = lineTool({
  name: 'common-test',
  family: 'beam',
  literals: ['TEST COMPLETE, ', 'failed on line '],
  totals: [
    /TEST COMPLETE, (?<passed>\d{1,9}) ok, (?<failed>\d{1,9}) failed(?:, (?<skipped>\d{1,9}) skipped)? of \d{1,9} test cases/,
  ],
  failing: [/^(?<test>\w{1,300}_SUITE:\w{1,300}) failed on line \d/],
})

import { lineTool } from '../line-tool.ts'

/**
 * Qt Test:
 *
 *     FAIL!  : CartTest::adds(two) Compared values are not the same
 *     Totals: 5 passed, 1 failed, 0 skipped, 0 blacklisted, 12ms
 */
export const qtest = lineTool({
  name: 'qtest',
  family: 'native',
  within: ['ctest'],
  literals: ['FAIL!  : ', 'Totals: '],
  totals: [
    /^Totals: (?<passed>\d{1,9}) passed, (?<failed>\d{1,9}) failed, (?<skipped>\d{1,9}) skipped(?:, \d{1,9} blacklisted)?(?:, (?<ms>\d{1,12})ms)?/,
  ],
  failing: [/^FAIL! {2}: (?<test>[\w:]{1,300}\([^)]{0,300}\))/],
})

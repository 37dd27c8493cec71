import { lineTool } from '../line-tool.ts'

/**
 * Ginkgo:
 *
 *     [Fail] Cart [It] adds
 *     Ran 10 of 12 Specs in 1.2 seconds
 *     FAIL! -- 9 Passed | 1 Failed | 0 Pending | 2 Skipped
 */
export const ginkgo = lineTool({
  name: 'ginkgo',
  family: 'go',
  literals: [' Passed | ', '[Fail] ', '[FAIL] ', ' Specs in '],
  totals: [
    /^(?:FAIL!|SUCCESS!) {1,2}-- (?<passed>\d{1,9}) Passed \| (?<failed>\d{1,9}) Failed \| (?:\d{1,9} Flaked \| )?(?<pending>\d{1,9}) Pending \| (?<skipped>\d{1,9}) Skipped/,
  ],
  failing: [/^\s{0,4}\[(?:Fail|FAIL)\] (?<test>\S.{1,1500}?)\s*$/],
  time: /^Ran \d{1,9} of \d{1,9} Specs in (?<time>[\d.]{1,12}) seconds/,
})

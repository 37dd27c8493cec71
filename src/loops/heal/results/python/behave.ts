import { lineTool } from '../line-tool.ts'

/**
 * Behave:
 *
 *     Failing scenarios:
 *       features/cart.feature:3  Adds
 *     2 scenarios passed, 1 failed, 0 skipped
 *     Took 0m0.123s
 */
export const behave = lineTool({
  name: 'behave',
  family: 'python',
  literals: [' scenarios passed, ', ' scenario passed, ', 'Failing scenarios:', 'Took '],
  totals: [
    /^(?<passed>\d{1,9}) scenarios? passed, (?<failed>\d{1,9}) failed(?:, (?<errors>\d{1,9}) error)?, (?<skipped>\d{1,9}) skipped/,
  ],
  lists: [
    {
      begin: /^Failing scenarios:/,
      item: /^\s{2}(?<test>\S{1,600}\.feature:\d{1,9})/,
      end: /^\s*$|^\d{1,9} features? /,
    },
  ],
  time: /^Took (?<minutes>\d{1,5})m(?<time>[\d.]{1,9})s/,
})

import { lineTool } from '../line-tool.ts'

/**
 * Robot Framework; a suite repeats the totals of those inside it, the last is the whole.
 *
 *     Adds                                                                  | FAIL |
 *     3 tests, 2 passed, 1 failed, 0 skipped
 */
export const robot = lineTool({
  name: 'robot',
  family: 'python',
  lastCounts: true,
  literals: [' | FAIL |', ' passed, '],
  totals: [
    /^(?:\d{1,9} critical tests?, .{1,60}|(?<run>\d{1,9}) tests?(?: total)?, (?<passed>\d{1,9}) passed, (?<failed>\d{1,9}) failed(?:, (?<skipped>\d{1,9}) skipped)?)\s*$/,
  ],
  failing: [/^(?<test>[^\s.|][^.|]{0,300}?)(?: :: .{0,300}?)?\s{1,80}\| FAIL \|\s*$/],
})

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

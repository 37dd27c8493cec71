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

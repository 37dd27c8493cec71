import { lineTool } from '../line-tool.ts'

/**
 * Pester of PowerShell:
 *
 *     [-] adds 12ms (10ms|2ms)
 *     Tests completed in 1.2s
 *     Tests Passed: 10, Failed: 1, Skipped: 2 NotRun: 0
 */
export const pester = lineTool({
  name: 'pester',
  family: 'other',
  literals: ['Tests Passed: ', '[-] ', 'Tests completed in '],
  totals: [/^Tests Passed: (?<passed>\d{1,9}),? Failed: (?<failed>\d{1,9}),? Skipped: (?<skipped>\d{1,9})/],
  failing: [/^\s{0,20}\[-\] (?<test>\S.{0,600}?)(?: [\d.]{1,9}m?s(?: \([^)]{1,40}\))?)\s*$/],
  time: /^Tests completed in (?<time>[\d.]{1,12})(?<unit>ms|s)/,
})

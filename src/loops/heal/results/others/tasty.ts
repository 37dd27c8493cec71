import { lineTool } from '../line-tool.ts'

/**
 * Tasty:
 *
 *         adds:      FAIL (0.01s)
 *     1 out of 3 tests failed (0.00s)
 *     All 3 tests passed (0.00s)
 */
export const tasty = lineTool({
  name: 'tasty',
  family: 'other',
  literals: [' tests failed (', ' tests passed (', ' FAIL'],
  runIsTold: true,
  totals: [
    /^(?<failed>\d{1,9}) out of (?<run>\d{1,9}) tests failed \((?<time>[\d.]{1,12})s\)/,
    /^All (?<run>\d{1,9}) tests passed \((?<time>[\d.]{1,12})s\)/,
  ],
  failing: [/^\s{1,40}(?<test>\S.{0,600}?):\s{1,200}FAIL(?: \([\d.]{1,12}s\))?\s*$/],
})

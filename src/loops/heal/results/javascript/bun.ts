import { lineTool } from '../line-tool.ts'

/**
 * Bun:
 *
 *     (fail) Cart > adds [0.10ms]
 *      2 pass
 *      1 fail
 *     Ran 3 tests across 1 files. [12.00ms]
 */
export const bun = lineTool({
  name: 'bun',
  family: 'javascript',
  literals: ['(fail) ', ' fail', ' tests across ', ' test across '],
  runIsTold: true,
  totals: [
    /^ {1,6}(?<failed>\d{1,9}) fail\s*$/,
    /^Ran (?<run>\d{1,9}) tests? across \d{1,9} files?\. \[(?<time>[\d.]{1,12})(?<unit>ms|s)\]/,
  ],
  failing: [/^\(fail\) (?<test>\S.{0,900}?)(?: \[[\d.]{1,9}m?s\])?\s*$/],
})

import { lineTool } from '../line-tool.ts'

/**
 * Hspec:
 *
 *     Failures:
 *       test/CartSpec.hs:5:7:
 *       1) Cart adds two
 *     Finished in 0.0005 seconds
 *     12 examples, 1 failure, 2 pending
 */
export const hspec = lineTool({
  name: 'hspec',
  family: 'other',
  literals: [' examples, ', ' example, ', '.hs:', 'To rerun use: --match', 'Randomized with seed ', ') '.padStart(4)],
  speaks: /^\s{0,4}\S{1,300}\.hs:\d{1,6}:\d{1,6}:\s*$|^\s{0,4}To rerun use: --match/,
  totals: [/^(?<run>\d{1,9}) examples?, (?<failed>\d{1,9}) failures?(?:, (?<skipped>\d{1,9}) pending)?\s*$/],
  lists: [
    {
      begin: /^\s{2,4}\S{1,300}\.hs:\d{1,6}:\d{1,6}:\s*$/,
      item: /^\s{2}\d{1,6}\) (?<test>\S.{0,900}?)\s*$/,
      end: /^\s{4,}/,
    },
  ],
})

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

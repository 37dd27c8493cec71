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
  literals: [' examples, ', ' example, ', '.hs:', 'To rerun use: --match', 'Randomized with seed '],
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

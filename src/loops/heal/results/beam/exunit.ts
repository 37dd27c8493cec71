import { lineTool } from '../line-tool.ts'

/**
 * ExUnit of Elixir:
 *
 *       1) test adds (Shop.CartTest)
 *     Finished in 0.05 seconds (0.00s async, 0.05s sync)
 *     5 doctests, 12 tests, 1 failure, 2 skipped
 */
export const exunit = lineTool({
  name: 'exunit',
  family: 'beam',
  within: ['minitest', 'test-unit'],
  literals: [' failures', ' failure', ') test ', ') doctest ', ') property ', 'Finished in '],
  runIsTold: true,
  totals: [
    /^(?=(?:(?:.{0,60}?, )?(?<run>\d{1,9}) tests?,|)).{0,100}?\b(?<failed>\d{1,9}) failures?(?:, \d{1,9} invalid)?(?: \(\d{1,9} excluded\)|, \d{1,9} excluded)?(?:, (?<skipped>\d{1,9}) skipped)?(?: \(\d{1,9} excluded\))?\s*$/,
  ],
  failing: [/^\s{1,4}\d{1,6}\) (?<test>(?:test|doctest|property) \S.{0,900} \([\w.]{1,300}\))\s*$/],
  time: /^Finished in (?<time>[\d.]{1,12}) seconds(?: \(|\s*$)/,
})

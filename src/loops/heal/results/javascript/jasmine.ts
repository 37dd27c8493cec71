import { lineTool } from '../line-tool.ts'

/**
 * Jasmine:
 *
 *     Failures:
 *     1) Cart adds
 *       Message:
 *     12 specs, 1 failure, 2 pending specs
 *     Finished in 0.012 seconds
 */
export const jasmine = lineTool({
  name: 'jasmine',
  family: 'javascript',
  within: ['karma'],
  literals: [' specs, ', ' spec, ', 'Failures:', 'Finished in '],
  totals: [
    /^\s{0,4}(?:Executed )?(?<run>\d{1,9}) specs?, (?<failed>\d{1,9}) failures?(?:, (?<skipped>\d{1,9}) pending specs?)?\s*$/,
  ],
  lists: [
    {
      begin: /^\s{0,4}(?:Failures:|\*{10,60}|List of failures)\s*$/,
      item: /^\s{0,4}\d{1,6}\) (?<test>\S.{0,1500}?)\s*$/,
      end: /^(?:Pending:|\d{1,9} specs?, |Finished in )/,
    },
  ],
  time: /^Finished in (?<time>[\d.]{1,12}) seconds?\s*$/,
})

import { lineTool } from '../line-tool.ts'

/**
 * EUnit and rebar3:
 *
 *       Failed: 1.  Skipped: 0.  Passed: 2.
 *       All 3 tests passed.
 *     cart_tests: adds_test...*failed*
 *     3 tests, 1 failures
 */
export const eunit = lineTool({
  name: 'eunit',
  family: 'beam',
  literals: ['Failed: ', ' tests passed.', '*failed*'],
  totals: [
    /^\s{2}Failed: (?<failed>\d{1,9})\. {2}Skipped: (?<skipped>\d{1,9})\. {2}Passed: (?<passed>\d{1,9})\./,
    /^\s{2}All (?<passed>\d{1,9}) tests passed\.\s*$/,
  ],
  failing: [
    /^\s{0,8}(?:module ')?(?<test>[\w:]{1,300}: \w{1,300}(?:_test_?)?)(?:\/\d)?(?: \([^)]{1,200}\))?\.\.\.(?:\[[\d.]{1,9} s\] )?\*failed\*/,
  ],
})

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

/**
 * Common Test:
 *
 *     Testing shop.cart_SUITE: TEST COMPLETE, 10 ok, 1 failed, 2 skipped of 13 test cases
 *     cart_SUITE > adds ... FAILED
 */
export const commonTest = lineTool({
  name: 'common-test',
  family: 'beam',
  literals: ['TEST COMPLETE, ', 'failed on line '],
  totals: [
    /TEST COMPLETE, (?<passed>\d{1,9}) ok, (?<failed>\d{1,9}) failed(?:, (?<skipped>\d{1,9}) skipped)? of \d{1,9} test cases/,
  ],
  failing: [/^(?<test>\w{1,300}_SUITE:\w{1,300}) failed on line \d/],
})

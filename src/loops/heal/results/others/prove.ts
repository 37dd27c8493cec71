import { lineTool } from '../line-tool.ts'

/**
 * prove and Test::Harness of Perl:
 *
 *     t/01-cart.t .. Failed 1/3 subtests
 *     #   Failed test 'adds'
 *     t/01-cart.t (Wstat: 256 (exited 1) Tests: 3 Failed: 1)
 *     Files=3, Tests=20,  1 wallclock secs ( 0.02 usr …)
 */
export const prove = lineTool({
  name: 'prove',
  family: 'other',
  literals: ['Files=', "Failed test '", '(Wstat: '],
  runIsTold: true,
  totals: [
    /^Files=\d{1,9}, Tests=(?<run>\d{1,9}), {1,4}(?<time>[\d.]{1,9}) wallclock/,
    /^\S.{0,500}? \(Wstat: \d{1,9}(?: \([^)]{1,40}\))? Tests: \d{1,9} Failed: (?<failed>\d{1,9})\)/,
  ],
  failing: [/^\s{0,20}#\s{1,20}Failed test '(?<test>.{1,1500})'\s*$/],
})

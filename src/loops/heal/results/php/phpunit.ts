import { lineTool } from '../line-tool.ts'

/**
 * PHPUnit, also through Codeception:
 *
 *     Time: 00:01.234, Memory: 10.00 MB
 *     There was 1 failure:
 *     1) Acme\CartTest::testAdds with data set #0 (1, 2)
 *     FAILURES!
 *     Tests: 12, Assertions: 20, Failures: 1, Errors: 1, Skipped: 2.
 *     OK (12 tests, 20 assertions)
 */
export const phpunit = lineTool({
  name: 'phpunit',
  family: 'php',
  literals: ['Tests: ', 'OK (', 'There was ', 'There were ', 'Time: '],
  totals: [
    /^\s{0,4}Tests: (?<run>\d{1,9}), Assertions: \d{1,9}(?=(?:.{0,300}? Failures: (?<failed>\d{1,9})|))(?=(?:.{0,300}? Errors: (?<errors>\d{1,9})|))(?=(?:.{0,300}? Skipped: (?<skipped>\d{1,9})|))(?=(?:.{0,300}? Incomplete: (?<pending>\d{1,9})|))/,
    /^OK \((?<run>\d{1,9}) tests?, \d{1,9} assertions?\)/,
  ],
  lists: [
    {
      begin: /^There (?:was|were) \d{1,9} (?:failure|error)s?:\s*$/,
      item: /^\d{1,9}\) (?<test>\S.{0,1500}?)\s*$/,
      end: /^(?:There (?:was|were) \d|FAILURES!|ERRORS!|WARNINGS!|OK|Tests: |--\s*$)/,
    },
  ],
  time: /^Time: (?:(?<minutes>\d{1,4}):(?=\d\d\.))?(?:(?<time>[\d.]{1,12}) ?(?<unit>ms|s|minutes?)?)/,
})

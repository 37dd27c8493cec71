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

/**
 * Pest:
 *
 *        FAILED  Tests\Unit\CartTest > it adds
 *       Tests:    1 failed, 1 skipped, 10 passed (12 assertions)
 *       Duration: 0.12s
 */
export const pest = lineTool({
  name: 'pest',
  family: 'php',
  literals: ['Tests:  ', 'FAILED  ', 'Duration: '],
  totals: [
    /^\s{2}Tests:\s{2,8}(?=(?:.{0,200}?(?<failed>\d{1,9}) failed|))(?=(?:.{0,200}?(?<skipped>\d{1,9}) skipped|))(?=(?:.{0,200}?(?<pending>\d{1,9}) (?:todo|incomplete)|))(?=(?:.{0,200}?(?<passed>\d{1,9}) passed|)).{0,300}\(\d{1,9} assertions?\)\s*$/,
  ],
  failing: [/^\s{2,4}FAILED {2}(?<test>\S.{0,900} > .{0,900}?)(?: {2,}\S{0,100})?\s*$/],
  time: /^\s{2}Duration: (?<time>[\d.]{1,12})s\s*$/,
})

/**
 * run-tests.php, by which PHP and its extensions are tested:
 *
 *     Tests skipped   :   20 (  1.2%)
 *     Tests failed    :    1 (  0.0%) (  0.0%)
 *     Tests passed    :  217 ( 87.9%) ( 99.6%)
 *     FAILED TEST SUMMARY
 *     ---------------------------------------------------------------------
 *     adds two [ext/cart/tests/adds.phpt]
 */
export const runTests = lineTool({
  name: 'run-tests',
  family: 'php',
  literals: ['Tests skipped   ', 'Tests failed    ', 'Tests passed    ', 'FAILED TEST SUMMARY', 'Time taken      '],
  totals: [
    /^Tests skipped {1,6}: {1,9}(?<skipped>\d{1,9}) \(/,
    /^Tests failed {1,6}: {1,9}(?<failed>\d{1,9}) \(/,
    /^Tests passed {1,6}: {1,9}(?<passed>\d{1,9}) \(/,
  ],
  lists: [
    { begin: /^FAILED TEST SUMMARY\s*$/, item: /^(?!-).{0,900}\[(?<test>\S{1,600}\.phpt)\]/, end: /^(?:=|\s*$)/ },
  ],
  time: /^Time taken {1,6}: {1,9}(?<time>\d{1,9}) seconds/,
})

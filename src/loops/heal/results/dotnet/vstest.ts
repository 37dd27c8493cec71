import { lineTool } from '../line-tool.ts'

/**
 * dotnet test and vstest, of all versions, whatever framework the tests use:
 *
 *       Failed Acme.CartTest.Adds [12 ms]
 *     Failed!  - Failed:     1, Passed:     2, Skipped:     0, Total:     3, Duration: 12 ms - shop.dll (net8.0)
 *     Total tests: 3. Passed: 2. Failed: 1. Skipped: 0.
 *     Test summary: total: 3, failed: 1, succeeded: 2, skipped: 0, duration: 1.2s
 */
export const vstest = lineTool({
  name: 'dotnet',
  family: 'dotnet',
  literals: [
    'Failed: ',
    'Total tests: ',
    ' Passed: ',
    'Skipped: ',
    'Test summary: ',
    '  Failed ',
    'Failed   ',
    'TESTERROR',
    'Total time: ',
    'failed ',
  ],
  runIsTold: true,
  totals: [
    /^(?:Failed|Passed|Skipped)! {1,3}- Failed: {1,9}(?<failed>\d{1,9}), Passed: {1,9}\d{1,9}, Skipped: {1,9}(?<skipped>\d{1,9}), Total: {1,9}(?<run>\d{1,9}), Duration: (?<time>[\d.]{1,9}) (?<unit>ms|s|m)/,
    /^Total tests: (?<run>\d{1,9})\. Passed: \d{1,9}\. Failed: (?<failed>\d{1,9})\. Skipped: (?<skipped>\d{1,9})\./,
    /^Total tests: (?<run>\d{1,9})\s*$/,
    /^ {4,8}Failed: (?<failed>\d{1,9})\s*$/,
    /^ {3,8}Skipped: (?<skipped>\d{1,9})\s*$/,
    /^(?:Test summary: total|Test run summary: .{1,40} total): (?<run>\d{1,9}), failed: (?<failed>\d{1,9}), succeeded: \d{1,9}, skipped: (?<skipped>\d{1,9}), duration: (?<time>[\d.]{1,9})(?<unit>ms|s|m)/,
  ],
  failing: [
    /^ {0,4}Failed {1,3}(?<test>[A-Za-z_][\w.+`]{0,400}\.[\w`]{1,300}(?:\(.{0,900}\))?)(?: \[(?:< )?[\d.]{1,9} \w{1,3}(?: [\d.]{1,9} \w{1,3})?\])?\s*$/,
    /error TESTERROR: (?<test>\S.{0,900}?) \([\d.msh ]{1,20}\): Error Message:/,
    /^failed (?<test>[A-Za-z_]\S{0,900}) \([\d.msh ]{1,20}\)\s*$/,
  ],
  time: /^ {0,2}Total time: (?<time>[\d.]{1,9}) (?:Seconds|seconds)/,
})

/**
 * The runners of xunit and NUnit themselves:
 *
 *     Acme.CartTest.Adds [FAIL]
 *        shop.tests  Total: 3, Errors: 0, Failed: 1, Skipped: 0, Time: 0.2s
 *     1) Failed : Acme.CartTest.Adds
 *       Test Count: 3, Passed: 2, Failed: 1, Warnings: 0, Inconclusive: 0, Skipped: 0
 *     Tests run: 3, Errors: 0, Failures: 1, Inconclusive: 0, Time: 0.1 seconds
 */
export const xunitConsole = lineTool({
  name: 'xunit',
  family: 'dotnet',
  within: ['dotnet'],
  literals: [
    'Total: ',
    '[FAIL]',
    'Test Count: ',
    ') Failed : ',
    ') Error : ',
    'Tests run: ',
    ') Test Failure : ',
    ') Test Error : ',
    'Duration: ',
  ],
  totals: [
    /^\s{1,40}\S{1,300}\s{1,20}Total: (?<run>\d{1,9}), Errors: (?<errors>\d{1,9}), Failed: (?<failed>\d{1,9}), Skipped: (?<skipped>\d{1,9})(?:, Not Run: \d{1,9})?, Time: (?<time>[\d.]{1,9})s/,
    /^\s{0,4}Test Count: (?<run>\d{1,9}), Passed: \d{1,9}, Failed: (?<failed>\d{1,9})(?:, Warnings: \d{1,9})?, Inconclusive: \d{1,9}, Skipped: (?<skipped>\d{1,9})/,
    /^Tests run: (?<run>\d{1,9}), Errors: (?<errors>\d{1,9}), Failures: (?<failed>\d{1,9}), Inconclusive: (?<pending>\d{1,9}), Time: (?<time>[\d.]{1,9}) seconds/,
  ],
  failing: [
    /^\s{0,8}(?:\[xUnit\.net [\d:.]{1,20}\]\s{1,8})?(?<test>\S.{0,900}?) \[FAIL\]\s*$/,
    /^\d{1,9}\) (?:Failed|Error|Test Failure|Test Error) : (?<test>\S.{0,900}?)\s*$/,
  ],
  time: /^\s{2}Duration: (?<time>[\d.]{1,9}) seconds\s*$/,
})

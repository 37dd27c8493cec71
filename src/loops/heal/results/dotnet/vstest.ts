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

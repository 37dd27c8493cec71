import { lineTool } from '../line-tool.ts'

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

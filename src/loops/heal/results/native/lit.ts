import { lineTool } from '../line-tool.ts'

/**
 * LLVM's lit:
 *
 *     FAIL: LLVM :: CodeGen/cart.ll (3 of 10)
 *     Testing Time: 1.20s
 *       Unsupported      :  2
 *       Passed           : 10
 *       Failed           :  1
 */
export const lit = lineTool({
  name: 'lit',
  family: 'native',
  literals: [
    'Testing Time: ',
    ' Passed  ',
    ' Failed  ',
    'Unsupported  ',
    'Expectedly Failed',
    'Unexpectedly Passed',
    'Expected Passes',
    'Unexpected Failures',
    ' :: ',
    'Skipped  ',
  ],
  speaks: /^Testing Time: |^(?:FAIL|TIMEOUT|UNRESOLVED|XPASS): \S.{0,200} :: /,
  totals: [
    /^ {2}(?:Passed|Expected Passes) {0,20}: {1,9}(?<passed>\d{1,9})(?: \([\d.]{1,6}%\))?\s*$/,
    /^ {2}(?:Failed|Unexpected Failures|Timed Out|Unresolved) {0,20}: {1,9}(?<failed>\d{1,9})(?: \([\d.]{1,6}%\))?\s*$/,
    /^ {2}(?:Expectedly Failed|Expected Failures) {0,20}: {1,9}(?<xfailed>\d{1,9})(?: \([\d.]{1,6}%\))?\s*$/,
    /^ {2}(?:Unexpectedly Passed|Unexpected Passes) {0,20}: {1,9}(?<xpassed>\d{1,9})(?: \([\d.]{1,6}%\))?\s*$/,
    /^ {2}(?:Unsupported|Unsupported Tests|Skipped|Excluded) {0,20}: {1,9}(?<skipped>\d{1,9})(?: \([\d.]{1,6}%\))?\s*$/,
  ],
  failing: [/^(?:FAIL|TIMEOUT|UNRESOLVED): (?<test>\S.{0,200} :: \S.{0,600}?)(?: \(\d{1,9} of \d{1,9}\))?\s*$/],
  time: /^Testing Time: (?<time>[\d.]{1,12})s/,
})

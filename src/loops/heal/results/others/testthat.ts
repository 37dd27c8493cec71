import { lineTool } from '../line-tool.ts'

/**
 * R's testthat:
 *
 *     ── Failure ('test-cart.R:3:3'): adds ──
 *     [ FAIL 1 | WARN 0 | SKIP 2 | PASS 10 ]
 *     OK: 10 SKIPPED: 2 WARNINGS: 0 FAILED: 1
 */
export const testthat = lineTool({
  name: 'testthat',
  family: 'other',
  lastCounts: true,
  literals: ['[ FAIL ', ' FAILED: ', '── Failure', '── Error', '-- Failure', '-- Error'],
  totals: [
    /^\[ FAIL (?<failed>\d{1,9}) \| WARN \d{1,9} \| SKIP (?<skipped>\d{1,9}) \| PASS (?<passed>\d{1,9}) \]/,
    /\bOK: (?<passed>\d{1,9}) SKIPPED: (?<skipped>\d{1,9})(?: WARNINGS: \d{1,9})? FAILED: (?<failed>\d{1,9})/,
  ],
  failing: [/^(?:──|--) (?:Failure|Error) \('?[^')]{1,300}'?\): (?<test>\S.{0,600}?)(?: [─-]{2,200})?\s*$/],
})

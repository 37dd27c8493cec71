import { lineTool } from '../line-tool.ts'

/**
 * Meson:
 *
 *      3/10 shop:cart / adds        FAIL    0.10s   exit status 1
 *     Ok:                 8
 *     Expected Fail:      0
 *     Fail:               1
 *     Unexpected Pass:    0
 *     Skipped:            1
 *     Timeout:            0
 */
export const meson = lineTool({
  name: 'meson',
  family: 'native',
  literals: [
    'Ok:    ',
    'Fail:    ',
    'Expected Fail:',
    'Unexpected Pass:',
    'Skipped:    ',
    'Timeout:    ',
    ' FAIL  ',
    ' TIMEOUT ',
    ' ERROR  ',
  ],
  speaks: /^(?:Ok: {6,24}\d| {0,6}\d{1,6}\/\d{1,6} .{1,300} (?:OK|FAIL|ERROR|SKIP|TIMEOUT) {2,})/,
  totals: [
    /^Ok: {6,24}(?<passed>\d{1,9})\s*$/,
    /^Expected Fail: {2,24}(?<xfailed>\d{1,9})\s*$/,
    /^Fail: {6,24}(?<failed>\d{1,9})\s*$/,
    /^Unexpected Pass: {2,24}(?<xpassed>\d{1,9})\s*$/,
    /^Skipped: {6,24}(?<skipped>\d{1,9})\s*$/,
    /^Timeout: {6,24}(?<errors>\d{1,9})\s*$/,
  ],
  failing: [
    /^ {0,6}\d{1,6}\/\d{1,6} (?:.{1,200} \/ )?(?<test>\S.{0,300}?) {1,200}(?:FAIL|ERROR|TIMEOUT) {2,20}[\d.]{1,12} ?s/,
  ],
})

import { lineTool } from '../line-tool.ts'

/**
 * Automake's make check, and DejaGnu:
 *
 *     FAIL: test-cart.sh
 *     # TOTAL: 10        # of expected passes        120
 *     # PASS:  9         # of unexpected failures    1
 *     # FAIL:  1
 */
export const automake = lineTool({
  name: 'automake',
  family: 'native',
  literals: [
    '# PASS: ',
    '# FAIL: ',
    '# SKIP: ',
    '# XFAIL:',
    '# XPASS:',
    '# ERROR:',
    'FAIL: ',
    'ERROR: ',
    '# of expected passes',
    '# of unexpected failures',
    '# of unsupported tests',
  ],
  totals: [
    /^# PASS: {1,6}(?<passed>\d{1,9})\s*$/,
    /^# FAIL: {1,6}(?<failed>\d{1,9})\s*$/,
    /^# SKIP: {1,6}(?<skipped>\d{1,9})\s*$/,
    /^# XFAIL: {1,6}(?<xfailed>\d{1,9})\s*$/,
    /^# XPASS: {1,6}(?<xpassed>\d{1,9})\s*$/,
    /^# ERROR: {1,6}(?<errors>\d{1,9})\s*$/,
    /^# of expected passes\t{1,4}(?<passed>\d{1,9})\s*$/,
    /^# of unexpected failures\t{1,4}(?<failed>\d{1,9})\s*$/,
    /^# of unsupported tests\t{1,4}(?<skipped>\d{1,9})\s*$/,
  ],
  failing: [/^(?:FAIL|ERROR): (?<test>[\w./+-]{1,300}(?: \d{1,6}(?: - .{1,300})?| .{1,600})?)\s*$/],
})

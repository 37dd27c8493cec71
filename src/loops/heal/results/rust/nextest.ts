import { lineTool } from '../line-tool.ts'

/**
 * cargo nextest:
 *
 *         FAIL [   0.005s] shop cart::adds
 *      Summary [   0.010s] 3 tests run: 2 passed, 1 failed, 1 skipped
 */
export const nextest = lineTool({
  name: 'nextest',
  family: 'rust',
  literals: [' tests run: ', ' test run: ', ' FAIL [', 'SIGABRT [', 'SIGSEGV [', 'TIMEOUT ['],
  totals: [
    /^\s{2,8}Summary \[ {0,8}(?<time>[\d.]{1,12})s\] (?:\d{1,9}\/)?(?<run>\d{1,9}) tests? run: \d{1,9} passed(?: \([^)]{1,60}\))?(?:, (?<failed>\d{1,9}) failed)?(?:, (?<errors>\d{1,9}) timed out)?(?:, (?<skipped>\d{1,9}) skipped)?/,
  ],
  failing: [
    /^\s{2,12}(?:FAIL|SIGABRT|SIGSEGV|TIMEOUT) \[ {0,8}>?[\d.]{1,12}s\] (?:\( {0,6}\d{1,9}\/\d{1,9}\) )?\S{1,200} (?<test>\S.{0,900}?)\s*$/,
  ],
})

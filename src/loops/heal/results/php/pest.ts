import { lineTool } from '../line-tool.ts'

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

import { lineTool } from '../line-tool.ts'

/**
 * Vitest:
 *
 *      FAIL  |unit| src/cart.test.ts > cart > adds
 *      Test Files  1 failed | 2 passed (3)
 *           Tests  1 failed | 2 skipped | 3 passed (6)
 *        Duration  1.33s (import 44%, …)
 */
export const vitest = lineTool({
  name: 'vitest',
  family: 'javascript',
  literals: [' Tests  ', ' FAIL  ', ' Test Files ', ' Duration  '],
  totals: [
    /^\s{4,8}Tests {2}(?:(?<failed>\d{1,9}) failed(?: \| )?)?(?:(?<xfailed>\d{1,9}) expected fail(?: \| )?)?(?:(?<passed>\d{1,9}) passed(?: \| )?)?(?:(?<skipped>\d{1,9}) skipped(?: \| )?)?(?:(?<pending>\d{1,9}) todo)? ?\((?<run>\d{1,9})\)\s*$/,
  ],
  failing: [/^\s{0,2}FAIL {2}(?:\|.{1,80}?\| )?(?:\[\w{1,20}\] )?\S.{0,300}?\.[cm]?[jt]sx? > (?<test>.{1,1500}?)\s*$/],
  time: /^\s{2,8}Duration {2}(?<time>[\d.]{1,12})(?<unit>ms|s|m)\b/,
})

import { lineTool } from '../line-tool.ts'

/**
 * Playwright Test:
 *
 *       1 failed
 *         [chromium] › cart.spec.ts:3:5 › Cart › adds ─────
 *       1 flaky
 *         [firefox] › cart.spec.ts:9:5 › Cart › opens ─────
 *       2 skipped
 *       10 passed (1.2m)
 */
export const playwright = lineTool({
  name: 'playwright',
  family: 'javascript',
  literals: [' failed', ' flaky', ' skipped', ' passed ('],
  speaks: /^ {2}\d{1,9} (?:failed|flaky)\s*$|^ {2}\d{1,9} passed \([\d.]{1,9}(?:ms|s|m|h)\)\s*$/,
  totals: [
    /^ {2}(?<failed>\d{1,9}) did not run\s*$/,
    /^ {2}(?<skipped>\d{1,9}) skipped\s*$/,
    /^ {2}(?<passed>\d{1,9}) passed \((?<time>[\d.]{1,9})(?<unit>ms|s|m|h)\)\s*$/,
  ],
  lists: [
    {
      begin: /^ {2}\d{1,9} failed\s*$/,
      item: /^ {4}(?:\[[^\]]{1,100}\] › )?\S{1,300}:\d{1,6}:\d{1,6} › (?<test>\S.{0,900}?)(?: ─{1,300})?\s*$/,
      end: /^ {2}\S|^\S/,
    },
  ],
})

import { lineTool } from '../line-tool.ts'

/**
 * cargo test, of all its binaries and of documentation:
 *
 *     test cart::adds ... FAILED
 *     test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
 */
export const cargo = lineTool({
  name: 'cargo',
  family: 'rust',
  literals: ['test result: ', ' ... FAILED', ' stdout ----'],
  totals: [
    /^test result: \w{2,6}\. (?<passed>\d{1,9}) passed; (?<failed>\d{1,9}) failed; (?<skipped>\d{1,9}) ignored;(?:.{0,80}finished in (?<time>[\d.]{1,12})s)?/,
  ],
  failing: [
    /^test (?<test>\S.{0,1500}?)(?: - should panic)? \.\.\. FAILED/,
    /^---- (?<test>\S.{0,1500}?) stdout ----\s*$/,
  ],
})

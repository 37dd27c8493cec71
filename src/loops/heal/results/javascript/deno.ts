import { lineTool } from '../line-tool.ts'

/**
 * Deno:
 *
 *     adds ... FAILED (2ms)
 *     FAILED | 2 passed (1 step) | 1 failed | 1 ignored (12ms)
 *     ok | 3 passed | 0 failed (12ms)
 */
export const deno = lineTool({
  name: 'deno',
  family: 'javascript',
  literals: ['FAILED | ', 'ok | ', ' ... FAILED ('],
  totals: [
    /^(?:FAILED|ok) \| (?<passed>\d{1,9}) passed(?: \([^)]{1,40}\))? \| (?<failed>\d{1,9}) failed(?: \([^)]{1,40} steps?\))?(?: \| (?<skipped>\d{1,9}) ignored)?(?:.{0,60}? \((?<time>[\d.]{1,9})(?<unit>ms|s|m)\))?/,
  ],
  failing: [/^(?<test>\S.{0,900}?) \.\.\. FAILED \([\d.]{1,9}(?:ms|s|m)\)\s*$/],
})

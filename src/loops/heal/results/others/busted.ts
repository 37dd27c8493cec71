import { lineTool } from '../line-tool.ts'

/**
 * Busted of Lua:
 *
 *     12 successes / 1 failure / 0 errors / 0 pending : 0.01 seconds
 *
 *     Failure → spec/cart_spec.lua @ 3
 *     Cart adds
 */
export const busted = lineTool({
  name: 'busted',
  family: 'other',
  literals: [' successes / ', ' success / ', 'Failure → ', 'Error → ', 'Failure -> ', 'Error -> '],
  totals: [
    /^(?<passed>\d{1,9}) success(?:es)? \/ (?<failed>\d{1,9}) failures? \/ (?<errors>\d{1,9}) errors? \/ (?<skipped>\d{1,9}) pending(?: : (?<time>[\d.]{1,12}) seconds)?/,
  ],
  lists: [
    {
      begin: /^(?:Failure|Error) (?:→|->) \S/,
      item: /^(?<test>\S(?!.{0,300}\.lua:\d).{0,900}?)\s*$/,
      end: /^\s*$|^\S{1,300}\.lua:\d/,
    },
  ],
})

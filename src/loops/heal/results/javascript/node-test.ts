import { lineTool } from '../line-tool.ts'

/**
 * Node's own runner, in words or as TAP:
 *
 *     ℹ tests 12            # tests 12
 *     ℹ pass 10             # pass 10
 *     ℹ fail 1              # fail 1
 *     ℹ skipped 1           # skipped 1
 *     ℹ duration_ms 719.6   # duration_ms 719.6
 *
 *     ✖ failing tests:
 *
 *     test at cart.test.mjs:4:1
 *     ✖ adds (0.7ms)
 */
export const nodeTest = lineTool({
  name: 'node-test',
  family: 'javascript',
  literals: ['ℹ tests ', 'ℹ fail ', 'ℹ cancelled ', 'ℹ skipped ', 'ℹ duration_ms ', 'failing tests:'],
  runIsTold: true,
  totals: [
    /^ℹ tests (?<run>\d{1,9})\s*$/,
    /^ℹ (?:fail|cancelled) (?<failed>\d{1,9})\s*$/,
    /^ℹ skipped (?<skipped>\d{1,9})\s*$/,
  ],
  lists: [
    {
      begin: /^✖ failing tests:\s*$/,
      item: /^✖ (?<test>\S.{0,1500}?) \([\d.]{1,20}ms\)\s*$/,
      end: /^ℹ |^##\[|^npm /,
    },
  ],
  time: /^ℹ duration_ms (?<ms>[\d.]{1,20})\s*$/,
})

import { lineTool } from '../line-tool.ts'

/**
 * Julia's Test: a table whose first line is the whole.
 *
 *     adds: Test Failed at /shop/test/runtests.jl:3
 *     Test Summary: | Pass  Fail  Error  Broken  Total  Time
 *     Cart          |    2     1      1       1      5  0.1s
 */
export const julia = lineTool({
  name: 'julia',
  family: 'other',
  literals: ['Test Summary:', ': Test Failed at ', ': Error During Test at '],
  totals: [],
  failing: [/^(?<test>\S.{0,600}?): (?:Test Failed|Error During Test) at /],
  showsOnlyFailures: true,
})

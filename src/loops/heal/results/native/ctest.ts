import { lineTool } from '../line-tool.ts'

/**
 * CTest:
 *
 *     67% tests passed, 1 tests failed out of 3
 *     Total Test time (real) =   0.02 sec
 *     The following tests did not run:
 *     	  3 - slow (Skipped)
 *     The following tests FAILED:
 *     	  2 - cart.adds (Failed)
 */
export const ctest = lineTool({
  name: 'ctest',
  family: 'native',
  literals: ['% tests passed', 'Total Test time', 'The following tests '],
  totals: [/^\d{1,3}% tests passed, (?<failed>\d{1,9}) tests? failed out of (?<run>\d{1,9})/],
  lists: [
    {
      begin: /^The following tests FAILED:/,
      item: /^\s{1,12}\d{1,9} - (?<test>\S.{0,900}?) \((?:Failed|Timeout|Not Run|SEGFAULT|ILLEGAL|NUMERICAL|Exception|OTHER_FAULT|BAD_COMMAND|Child aborted|Subprocess \w{1,20}|Bad Command|Required.{1,80})\)/,
      end: /^(?:Errors while running CTest|The following|##\[|\S)/,
    },
  ],
  time: /^Total Test time \(real\) = {1,9}(?<time>[\d.]{1,12}) sec/,
})

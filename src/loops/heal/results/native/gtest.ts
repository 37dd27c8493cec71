import { lineTool } from '../line-tool.ts'

/**
 * GoogleTest and busted's handler like it, of one or many binaries:
 *
 *     [  FAILED  ] CartTest.Adds (0 ms)
 *     [==========] 3 tests from 1 test suite ran. (12 ms total)
 *     [  PASSED  ] 2 tests.
 *     [  SKIPPED ] 1 test, listed below:
 *     [  FAILED  ] 1 test, listed below:
 *     [  FAILED  ] CartTest.Adds/0, where GetParam() = 3
 */
export const gtest = lineTool({
  name: 'gtest',
  family: 'native',
  within: ['ctest', 'bazel'],
  literals: ['[==========] ', '[  FAILED  ] ', '[  SKIPPED ] ', '[ SKIPPED  ] '],
  runIsTold: true,
  totals: [
    /^(?:\d{1,6}: )?\[==========\] (?<run>\d{1,9}) tests? from \d{1,9} test (?:suite|case|file)s? ran\.(?: \((?<ms>\d{1,12}) ms total\))?/,
    /^(?:\d{1,6}: )?\[ {2}FAILED {2}\] (?<failed>\d{1,9}) tests?, listed below:/,
    /^(?:\d{1,6}: )?\[ {1,2}SKIPPED {1,2}\] (?<skipped>\d{1,9}) tests?, listed below:/,
  ],
  failing: [
    /^\[ {2}FAILED {2}\] (?<test>\S{1,300}\.lua @ \d{1,6}: .{1,600}?)\s*$/,
    /^(?:\d{1,6}: )?\[ {2}FAILED {2}\] (?<test>[\w/]{1,300}\.[\w/]{1,600})(?:, where .{0,3000}| \(\d{1,12} ms\))?\s*$/,
  ],
})

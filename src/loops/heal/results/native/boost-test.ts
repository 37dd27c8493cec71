import { lineTool } from '../line-tool.ts'

/**
 * Boost.Test:
 *
 *     Running 3 test cases...
 *     cart.cpp(12): error: in "cart/adds": check total == 3 has failed
 *     *** 1 failure is detected in the test module "Shop"
 */
export const boostTest = lineTool({
  name: 'boost-test',
  family: 'native',
  within: ['ctest'],
  literals: [
    ' test case...',
    ' test cases...',
    'error: in "',
    'is detected in the test module',
    'are detected in the test module',
    'are detected (',
    '*** No errors detected',
  ],
  runIsTold: true,
  totals: [/^Running (?<run>\d{1,9}) test cases?\.\.\./, /^\*\*\* (?<failed>\d{1,9}) failures? (?:is|are) detected/],
  failing: [/error: in "(?<test>[^"]{1,900})": /],
})

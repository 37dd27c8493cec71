import { lineTool } from '../line-tool.ts'

/**
 * Catch2 and doctest:
 *
 *     -------------------------------------------------------------------------------
 *     Cart adds
 *     -------------------------------------------------------------------------------
 *     test cases: 3 | 2 passed | 1 failed
 *     All tests passed (3 assertions in 2 test cases)
 *     [doctest] test cases: 3 | 2 passed | 1 failed | 0 skipped
 *     TEST CASE:  adds
 */
export const catch2 = lineTool({
  name: 'catch2',
  family: 'native',
  within: ['ctest'],
  literals: [
    'test cases: ',
    'All tests passed (',
    'TEST CASE:',
    // With the line's end, for of a ruler's beginning the middle of every longer one reminds.
    `${'-'.repeat(79)}\n`,
    `${'-'.repeat(79)}\r\n`,
  ],
  totals: [
    /^test cases: {1,9}(?<run>\d{1,9}) (?=(?:.{0,200}?(?<failed>\d{1,9}) failed(?! as)|))(?=(?:.{0,200}?(?<skipped>\d{1,9}) skipped|))/,
    /^All tests passed \(\d{1,9} assertions? in (?<run>\d{1,9}) test cases?\)/,
    /^\[doctest\] test cases: {1,9}(?<run>\d{1,9}) \| {1,9}\d{1,9} passed \| {1,9}(?<failed>\d{1,9}) failed \| {1,9}(?<skipped>\d{1,9}) skipped/,
  ],
  failing: [/^TEST CASE: {1,4}(?<test>\S.{0,900}?)\s*$/],
  lists: [
    {
      begin: /^-{79}\s*$/,
      item: /^(?!\S{1,300}(?::\d{1,6}|\(\d{1,6}\))\s*$)(?<test>[^\s.-].{0,900}?)\s*$/,
      end: /^(?:-{79}|\.{79}|\s|$|={79})/,
    },
  ],
})

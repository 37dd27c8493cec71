import { lineTool } from '../line-tool.ts'

/**
 * Minitest, also through Rails, and what Ruby 1.9 had before it:
 *
 *       1) Failure:
 *     CartTest#test_adds [test/cart_test.rb:12]:
 *     12 runs, 20 assertions, 1 failures, 0 errors, 2 skips
 */
export const minitest = lineTool({
  name: 'minitest',
  family: 'ruby',
  literals: [' assertions, ', 'Failure:', ') Error:', 'Error:', 'Finished in '],
  totals: [
    /^\s{0,4}(?<run>\d{1,9}) (?:runs|tests), \d{1,9} assertions, (?<failed>\d{1,9}) failures, (?<errors>\d{1,9}) errors(?:, (?<skipped>\d{1,9}) skips)?\s*$/,
  ],
  lists: [
    {
      begin: /^\s{0,6}(?:\d{1,9}\) )?(?:Failure|Error):\s*$/,
      item: /^(?<test>[A-Z][\w:]{0,300}#\S.{0,900}?|\w\S{0,900}\([\w:]{1,300}\))(?: \[.{0,500}\])?:?\s*$/,
      end: /^\s*$/,
    },
  ],
  time: /^Finished (?:tests )?in (?<time>[\d.]{1,12})s,/,
})

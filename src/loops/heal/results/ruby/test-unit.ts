import { lineTool } from '../line-tool.ts'

/**
 * The test-unit gem:
 *
 *     Failure: test_adds(CartTest)
 *     12 tests, 20 assertions, 1 failures, 0 errors, 0 pendings, 0 omissions, 0 notifications
 */
export const testUnit = lineTool({
  name: 'test-unit',
  family: 'ruby',
  literals: [' pendings, ', 'Failure: ', 'Error: ', 'Finished in '],
  totals: [
    /^(?<run>\d{1,9}) tests, \d{1,9} assertions, (?<failed>\d{1,9}) failures, (?<errors>\d{1,9}) errors, (?<pending>\d{1,9}) pendings, (?<skipped>\d{1,9}) omissions/,
  ],
  failing: [/^(?:Failure|Error): (?<test>test\S{0,900}\([\w:]{1,300}\))/],
  time: /^Finished in (?<time>[\d.]{1,12}) seconds\.\s*$/,
})

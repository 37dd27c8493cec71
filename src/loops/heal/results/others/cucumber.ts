import { lineTool } from '../line-tool.ts'

/**
 * Cucumber of Ruby, JavaScript and the JVM, and Behat:
 *
 *     Failing Scenarios:
 *     cucumber features/cart.feature:3 # Scenario: Adds
 *     3 scenarios (1 failed, 2 passed)
 *     0m0.123s
 *
 * A scenario's name is its place.
 */
export const cucumber = lineTool({
  name: 'cucumber',
  family: 'other',
  within: ['maven', 'gradle'],
  literals: [' scenario (', ' scenarios (', ' Scenarios (', 'cenarios:', 'cucumber ', ' Scenario: ', '.feature:'],
  totals: [
    /^(?<run>\d{1,9}) [Ss]cenarios? \((?=(?:[^)]{0,200}?(?<failed>\d{1,9}) failed|))(?=(?:[^)]{0,200}?(?<skipped>\d{1,9}) skipped|))(?=(?:[^)]{0,200}?(?<pending>\d{1,9}) (?:undefined|pending)|))/,
  ],
  failing: [
    /^cucumber (?:-p \S{1,100} )?(?<test>\S{1,900}\.feature:\d{1,9}) # /,
    /^\s{0,4}\d{1,9}\) Scenario(?: Outline)?: .{0,900} # (?<test>\S{1,900}\.feature:\d{1,9})\s*$/,
  ],
  lists: [
    {
      begin: /^(?:--- )?[Ff]ail(?:ed|ing) [Ss]cenarios:\s*$/,
      item: /^\s{0,8}(?:file:\/\/|classpath:|cucumber )?(?<test>\S{1,900}\.feature:\d{1,9})/,
      end: /^\d{1,9} [Ss]cenario/,
    },
  ],
  time: /^(?<minutes>\d{1,5})m(?<time>[\d.]{1,9})s(?: \(|\s*$)/,
})

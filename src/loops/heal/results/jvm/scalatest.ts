import { lineTool } from '../line-tool.ts'

/**
 * ScalaTest without sbt, as maven's and gradle's plug-ins and mill run it:
 *
 *     - adds *** FAILED ***
 *     Tests: succeeded 10, failed 1, canceled 0, ignored 2, pending 0
 */
export const scalatest = lineTool({
  name: 'scalatest',
  family: 'jvm',
  within: ['sbt', 'play'],
  literals: ['Tests: succeeded ', '*** FAILED ***', 'Run completed in '],
  totals: [
    /^(?:\[\w{1,8}\] )?Tests: succeeded (?<passed>\d{1,9}), failed (?<failed>\d{1,9}), canceled (?<skipped>\d{1,9}), ignored (?<pending>\d{1,9}), pending \d{1,9}/,
  ],
  failing: [/^(?:\[\w{1,8}\] )?\s{0,8}- (?<test>\S.{0,600}?) \*\*\* FAILED \*\*\*/],
})

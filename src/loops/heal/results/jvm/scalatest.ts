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

/**
 * JUnit 5's console launcher:
 *
 *     [         3 tests found           ]
 *     [         1 tests failed          ]
 *       MethodSource [className = 'org.acme.CartTest', methodName = 'adds', methodParameterTypes = '']
 *     Test run finished after 64 ms
 */
export const junitConsole = lineTool({
  name: 'junit',
  family: 'jvm',
  within: ['gradle', 'maven'],
  literals: [
    ' tests found ',
    ' tests skipped ',
    ' tests aborted ',
    ' tests failed ',
    'MethodSource [',
    'ClassSource [',
    'Test run finished after ',
  ],
  runIsTold: true,
  totals: [
    /^(?:\s{0,12}\[\w{1,20}\] {0,4})?\[\s{1,12}(?<run>\d{1,9}) tests found\s{1,12}\]/,
    /^(?:\s{0,12}\[\w{1,20}\] {0,4})?\[\s{1,12}(?<skipped>\d{1,9}) tests (?:skipped|aborted)\s{1,12}\]/,
    /^(?:\s{0,12}\[\w{1,20}\] {0,4})?\[\s{1,12}(?<failed>\d{1,9}) tests failed\s{1,12}\]/,
  ],
  failing: [/MethodSource \[className = '(?<class>[\w.$]{1,400})', methodName = '(?<test>[^']{1,400})'/],
  time: /Test run finished after (?<ms>\d{1,12}) ms/,
})

import { lineTool } from '../line-tool.ts'

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

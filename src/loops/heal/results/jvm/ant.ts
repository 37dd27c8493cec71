import { add, count, createNames, emptyTally, seconds } from '../tally.ts'
import type { Tool } from '../tool.ts'

const buildfile = /^Buildfile: \S/
const task = /^\s*\[(?:junit|junitlauncher|[\w.-]{0,40}(?:junit|test)[\w.-]{0,40})\] ?(.{0,3000})$/i
const totals =
  /^(?:\[[\w.-]{1,60}\] )?Tests run: {0,3}(\d{1,9}), Failures: (\d{1,9}), (Errors|Aborted): (\d{1,9})(?:, Skipped: (\d{1,9}))?, Time elapsed: ([\d.,]{1,15}) (ms|s|min)/
const suite = /^Testsuite: ([\w.$]{1,300})\s*$/
const failed = /^Testcase: (.{1,600}?)(?:\(([\w.$]{1,300})\))?:\s*(?:Caused an ERROR|FAILED)\s*$/
const took = /^Testcase: (.{1,600}?) took [\d.]+/
const bareOutcome = /^\t?(?:FAILED|Caused an ERROR)\s*$/

/**
 * Ant's junit and junitlauncher tasks:
 *
 *     [junit] Testsuite: org.acme.CartTest
 *     [junit] Tests run: 4, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 sec
 *     [junit] Testcase: adds took 0.01 sec
 *     [junit] 	FAILED
 *     [junit] Testcase: adds(org.acme.CartTest):	FAILED
 *
 * Names are written `org.acme.CartTest.adds`, a suite that failed as a whole `(org.acme.CartTest)`.
 */
export const ant: Tool = {
  name: 'ant',
  family: 'jvm',
  literals: [
    'Buildfile: ',
    '[junit',
    'Tests run:',
    'Testsuite: ',
    'Testcase: ',
    '\tFAILED',
    '\tCaused an ERROR',
    'junit] ',
  ],
  read() {
    let spoke = false
    let ran = false
    let last = ''
    let currentSuite: string | undefined
    let lastCase: string | undefined
    const tally = emptyTally()
    const failing = createNames()

    function fail(name: string | undefined, className: string | undefined): void {
      const owner = className ?? currentSuite
      if (owner !== undefined) failing.add(name === undefined ? `(${owner})` : `${owner}.${name}`)
    }

    return {
      see(line) {
        if (buildfile.test(line)) spoke = true
        const inTask = task.exec(line)?.[1]
        if (inTask !== undefined) spoke = true
        if (!spoke) return
        const text = inTask ?? line
        const found = totals.exec(text)
        if (found !== null) {
          // Two formatters on one console print the same total twice, one after the other.
          if (text !== last) {
            const [, run, failures, kind, errors, skipped, time, unit] = found
            const errored = kind === 'Errors' ? count(errors) : 0
            const aborted = kind === 'Aborted' ? count(errors) : 0
            // A class whose set-up failed: one error, and no test that ran.
            const nothingRan = count(run) === 0 && errored === 1
            ran = true
            add(tally, {
              run: count(run),
              failed: nothingRan ? 0 : count(failures) + errored,
              errored: nothingRan ? 0 : errored,
              skipped: count(skipped) + aborted,
              seconds: seconds(time, unit),
            })
          }
          last = text
          return
        }
        last = text
        const began = suite.exec(text)?.[1]
        if (began !== undefined) currentSuite = began
        const [, name, className] = failed.exec(text) ?? []
        if (name !== undefined) {
          if (className === undefined && name === currentSuite) fail(undefined, name)
          else if (className !== undefined || lastCase === undefined) fail(name, className)
          lastCase = undefined
          return
        }
        if (bareOutcome.test(text)) {
          fail(lastCase, undefined)
          lastCase = undefined
          return
        }
        lastCase = took.exec(text)?.[1]
      },
      end: () =>
        spoke
          ? {
              builds: true,
              within: ['maven', 'gradle'],
              framework: 'junit',
              tally: ran ? tally : undefined,
              failing: failing.list(),
            }
          : undefined,
    }
  },
}

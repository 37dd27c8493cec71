import { add, count, createNames, emptyTally, seconds } from '../tally.ts'
import type { Tool } from '../tool.ts'

/** A build that sbt runs as a test of itself writes its lines behind the outer one's. */
const level = String.raw`^(?:\[(?:info|error|warn|success)\] {0,2}){1,4}`
const speaks =
  /^\[info\] (?:[Ll]oading (?:project definition|settings for project|global plugins) |[Ss]et current project to |welcome to sbt )/
const activator = /\bactivator-[\w.$}{]{1,40}|ACTIVATOR_VERSION=/
const totals = new RegExp(
  String.raw`${level}(?:Passed|Failed|Error): Total (\d{1,9}), Failed (\d{1,9}), Errors (\d{1,9}), Passed (\d{1,9})(?:, Skipped (\d{1,9}))?(?:, Ignored (\d{1,9}))?`,
)
const failedTest = new RegExp(String.raw`${level}Test (\S.{0,600}?) failed: `)
const failedSuites = new RegExp(String.raw`${level}(?:Failed|Error) tests?:\s*$|${level}Error during tests:\s*$`)
const suiteName = new RegExp(String.raw`${level}\t(\S.{0,300}?)\s*$`)
const totalTime = new RegExp(String.raw`${level}Total time: ([\d.,]{1,12}) s(?:ec)?(?: \(.{1,20}\))?, completed `)
const starred = new RegExp(
  String.raw`${level}(?:- (.{1,600}?) \*\*\* FAILED \*\*\*|x (.{1,600}?))(?: \([^()]{1,40}\))?\s*$`,
)

/**
 * sbt (and Play's activator) with JUnit, ScalaTest, specs2 and whatever else it runs:
 *
 *     [error] Test org.acme.CartTest.adds failed: expected:<2> but was:<3>, took 0.01 sec
 *     [info] - should add *** FAILED ***
 *     [error] Failed: Total 12, Failed 1, Errors 0, Passed 11, Skipped 2
 *     [error] Failed tests:
 *     [error] 	org.acme.CartTest
 *     [error] Total time: 12 s, completed Nov 21, 2026 11:00:00 AM
 *
 * Where no single test is named, the failed suites are, `(org.acme.CartTest)`.
 */
export const sbt: Tool = {
  name: 'sbt',
  family: 'jvm',
  literals: [
    'oading project definition ',
    'oading settings for project',
    'et current project to ',
    'welcome to sbt ',
    'activator-',
    'ACTIVATOR_VERSION=',
    ': Total ',
    'Total time: ',
    'Failed tests:',
    'Error during tests:',
    '] Test ',
    '*** FAILED ***',
  ],
  read() {
    let spoke = false
    let play = false
    let listing = false
    let ran = false
    let time = 0
    const tally = emptyTally()
    const tests = createNames()
    const suites = createNames()
    return {
      see(line) {
        play ||= activator.test(line)
        spoke ||= play || speaks.test(line)
        const elapsed = totalTime.exec(line)?.[1]
        if (elapsed !== undefined) {
          spoke = true
          time = seconds(elapsed)
        }
        const found = totals.exec(line)
        if (found !== null) {
          spoke = true
          ran = true
          const [, run, failed, errors, , skipped, ignored] = found
          return add(tally, {
            run: count(run),
            failed: count(failed) + count(errors),
            errored: count(errors),
            skipped: count(skipped) + count(ignored),
          })
        }
        if (listing) {
          const name = suiteName.exec(line)?.[1]
          listing = name !== undefined
          if (name !== undefined) return suites.add(`(${name})`)
        }
        if (!spoke) return
        if (failedSuites.test(line)) listing = true
        const [, dashed, crossed] = starred.exec(line) ?? []
        const test = failedTest.exec(line)?.[1] ?? dashed ?? crossed
        if (test !== undefined) tests.add(test)
      },
      follows: () => listing,
      end() {
        if (!spoke) return undefined
        return {
          ...(play ? { tool: 'play' } : {}),
          builds: true,
          framework: 'junit',
          tally: ran ? tally : undefined,
          seconds: time,
          failing: (tests.size > 0 ? tests : suites).list(),
        }
      },
    }
  },
}

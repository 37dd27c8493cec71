import { add, count, createNames, emptyTally } from '../tally.ts'
import type { Tool } from '../tool.ts'
import { gradleName } from './gradle-names.ts'

const speaks =
  /^> Task :|^:[\w-][\w:-]{0,200}(?: [A-Z-]{2,20})?\s*$|^BUILD (?:SUCCESSFUL|FAILED) in |^FAILURE: Build (?:failed|completed) with |^Welcome to Gradle |^Starting a Gradle Daemon|^\* Get more help at https:\/\/help\.gradle\.org/
const totals = /(?:^|\s)(\d{1,9}) tests? completed(?:, (\d{1,9}) failed)?(?:, (\d{1,9}) skipped)?\s*$/
const failed = /^(\S.{0,2000}?) (?:FAILED|TIMED OUT)(?: \([\d.,]{1,10} ?m?s\))?\s*$/
const shownAs = / (PASSED|SKIPPED)(?: \([\d.,]{1,10} ?m?s\))?\s*$/

/**
 * Gradle's test task. It counts only where something failed:
 *
 *     > Task :shop:test
 *     CartTest > adds() FAILED
 *         org.opentest4j.AssertionFailedError at CartTest.java:12
 *     12 tests completed, 1 failed, 2 skipped
 *     > Task :shop:test FAILED
 *
 * Where a build is told to show passing tests too (`CartTest > adds() PASSED`) and none failed, those are counted.
 */
export const gradle: Tool = {
  name: 'gradle',
  family: 'jvm',
  literals: [
    '> Task :',
    ' completed',
    ' FAILED',
    ' PASSED',
    ' SKIPPED',
    'BUILD SUCCESSFUL in ',
    'FAILURE: Build ',
    'Welcome to Gradle ',
    'Starting a Gradle Daemon',
    'help.gradle.org',
    ':compileJava',
    ':compileKotlin',
    ':compileTestJava',
    ':compileGroovy',
    ':classes',
    ':testClasses',
  ],
  read() {
    let spoke = false
    let anyTotals = false
    const tally = emptyTally()
    const shown = emptyTally()
    const failing = createNames()
    return {
      see(line) {
        if (speaks.test(line)) spoke = true
        if (!spoke) return
        const found = totals.exec(line)
        if (found !== null) {
          anyTotals = true
          return add(tally, { run: count(found[1]), failed: count(found[2]), skipped: count(found[3]) })
        }
        const test = failed.exec(line)?.[1]
        const name = test === undefined ? undefined : gradleName(test)
        if (name !== undefined) {
          failing.add(name)
          return add(shown, { run: 1, failed: 1 })
        }
        const other = line.includes(' > ') ? shownAs.exec(line)?.[1] : undefined
        if (other === 'PASSED') shown.run += 1
        else if (other === 'SKIPPED') add(shown, { run: 1, skipped: 1 })
      },
      end() {
        if (!spoke) return undefined
        const ran = anyTotals || shown.run > 0
        return {
          builds: true,
          framework: 'junit',
          tally: ran ? (anyTotals ? tally : shown) : undefined,
          failing: failing.list(),
        }
      },
    }
  },
}

import { add, count, createNames, emptyTally, seconds } from '../tally.ts'
import type { Tool } from '../tool.ts'
import { createSurefireNames } from './surefire-names.ts'

const level = String.raw`(?:\[(?:INFO|WARNING|WARN|ERROR)\] {1,4})?`
/** A class's line has a time and its name; a module's has neither. */
const totals = new RegExp(
  String.raw`^${level}Tests run: {1,4}(\d{1,9}), Failures: (\d{1,9}), Errors: (\d{1,9})(?:, Skipped: (\d{1,9}))?(?:, Flakes: \d{1,9})?(?:,? Time elapsed: ([\d.,]{1,20}) s(?:ec)?)?(.{0,1000})$`,
)
const ofClass = /(?:- in|-- in) ([\w.$]{1,300})/
const running = new RegExp(String.raw`^${level}Running ([\w.$]{1,300})\s*$`)
const failedTest = new RegExp(
  String.raw`^${level}(.{0,1000}?)\s{1,4}(?:-- )?Time elapsed: [\d.,]{1,20} s(?:ec)?\s{1,4}<<< (?:FAILURE|ERROR)!\s*$`,
)
const blockBegin = new RegExp(`^${level}(Failed tests|Tests in error|Failures|Errors|Flakes|Flaked tests):(.*)$`)
const builds =
  /Scanning for projects\.\.\.|\[(?:INFO|ERROR)\] BUILD (?:SUCCESS|FAILURE)|^ T E S T S|^\[INFO\] {2}T E S T S/

/**
 * Maven's surefire and failsafe, of all versions:
 *
 *     [INFO]  T E S T S
 *     [INFO] Running org.acme.CartTest
 *     [ERROR] Tests run: 4, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! - in org.acme.CartTest
 *     [ERROR] org.acme.CartTest.adds  Time elapsed: 0.01 s  <<< FAILURE!
 *     [ERROR] Failures:
 *     [ERROR]   CartTest.adds:31 expected: <2> but was: <3>
 *     [ERROR] Tests run: 40, Failures: 1, Errors: 0, Skipped: 2
 *
 * The last line is the module's; modules add up. Tests that passed when run again stand under `Flakes` and did not
 * fail. Names are written `adds(org.acme.CartTest)`, a class that failed as a whole `(org.acme.CartTest)`.
 */
export const maven: Tool = {
  name: 'maven',
  family: 'jvm',
  literals: [
    'Tests run:',
    '<<< FAILURE!',
    '<<< ERROR!',
    'Failed tests:',
    'Tests in error:',
    '] Failures:',
    '] Errors:',
    '] Flakes:',
    'Flaked tests:',
    'Running ',
    'T E S T S',
    'Scanning for projects...',
    '] BUILD SUCCESS',
    '] BUILD FAILURE',
  ],
  read() {
    let spoke = false
    let anyTotals = false
    let block: string | undefined
    const modules = emptyTally()
    const classes = emptyTally()
    const names = createSurefireNames()
    const failing = createNames()

    function seeTotals(found: RegExpExecArray): void {
      const [, run, failures, errors, skipped, elapsed, rest = ''] = found
      const tally = {
        run: count(run),
        failed: count(failures) + count(errors),
        errored: count(errors),
        skipped: count(skipped),
      }
      if (elapsed !== undefined) {
        add(classes, { ...tally, seconds: seconds(elapsed) })
        names.inClass(ofClass.exec(rest)?.[1])
        return
      }
      anyTotals = true
      add(modules, tally)
      for (const name of names.settle()) failing.add(name)
    }

    return {
      see(line) {
        if (!spoke) spoke = builds.test(line) || (line.startsWith('[') && totals.test(line))
        if (!spoke) return
        const found = totals.exec(line)
        if (found !== null) {
          block = undefined
          return seeTotals(found)
        }
        if (line.includes('<<< ')) {
          const test = failedTest.exec(line)?.[1]
          if (test !== undefined) names.failed(test)
          return
        }
        const begin = blockBegin.exec(line)
        if (begin !== null) {
          block = begin[1]
          return names.listed(begin[2] ?? '', isFlaky(block))
        }
        if (block !== undefined) return names.listed(line.replace(/^\[(?:INFO|WARNING|ERROR)\] ?/, ''), isFlaky(block))
        const started = running.exec(line)?.[1]
        if (started !== undefined) names.inClass(started)
      },
      follows: () => block !== undefined,
      end() {
        if (!spoke) return undefined
        for (const name of names.settle()) failing.add(name)
        const sum = anyTotals ? { ...modules, seconds: classes.seconds } : classes
        return {
          builds: true,
          framework: 'junit',
          tally: anyTotals || classes.run > 0 ? sum : undefined,
          failing: failing.list(),
        }
      },
    }
  },
}

function isFlaky(block: string | undefined): boolean {
  return block === 'Flakes' || block === 'Flaked tests'
}

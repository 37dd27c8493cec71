import { describe, expect, it } from 'vitest'
import { toldBy } from '../told.fixture.ts'

const modern = `[INFO] Scanning for projects...
[INFO]  T E S T S
[INFO] Running org.acme.CartTest
[ERROR] Tests run: 4, Failures: 1, Errors: 1, Skipped: 1, Time elapsed: 0.5 s <<< FAILURE! -- in org.acme.CartTest
[ERROR] org.acme.CartTest.adds(int)[2] -- Time elapsed: 0.01 s <<< FAILURE!
org.opentest4j.AssertionFailedError: expected: <3> but was: <2>
[ERROR] org.acme.CartTest$Empty.opens -- Time elapsed: 0.02 s <<< ERROR!
[INFO]
[INFO] Results:
[INFO]
[ERROR] Failures:
[ERROR]   CartTest.adds:31 expected: <3> but was: <2>
[ERROR] Errors:
[ERROR]   CartTest$Empty.opens:40 » IllegalState no cart
Please open it first
  see the manual
[INFO]
[ERROR] Tests run: 4, Failures: 1, Errors: 1, Skipped: 1
[INFO]
[INFO] BUILD FAILURE`

describe('surefire', () => {
  it('tells counts, whole names and times', () => {
    expect(toldBy(modern)).toEqual({
      tool: 'maven',
      builds: true,
      frameworks: ['junit'],
      run: 4,
      failed: 2,
      errored: 1,
      skipped: 1,
      expectedFailures: 0,
      unexpectedPasses: 0,
      failing: ['adds(int)[2](org.acme.CartTest)', 'opens(org.acme.CartTest$Empty)'],
      durationSeconds: 0.5,
    })
  })

  it('adds up modules and runs', () => {
    const passing = 'Tests run: 10, Failures: 0, Errors: 0, Skipped: 2\n'
    expect(toldBy(`${modern}\n${passing}${passing}`)).toMatchObject({ run: 24, failed: 2, skipped: 5 })
  })

  it('takes names from the list where no line of a test tells them', () => {
    const log = ` T E S T S
Failed tests:   adds(org.acme.CartTest): expected:<3> but was:<2>
  opens on instance opens(org.acme.TillTest)(org.acme.TillTest)
  OldTest>BaseTest.works:12->helper:3 null

Tests in error:
  LateTest.closes:217->Base.convert:91 » Runtime

Tests run: 9, Failures: 3, Errors: 1, Skipped: 0`
    expect(toldBy(log)).toMatchObject({
      run: 9,
      failed: 4,
      failing: ['adds(org.acme.CartTest)', 'opens(org.acme.TillTest)', 'works(OldTest)', 'closes(LateTest)'],
    })
  })

  it('does not count as failing what passed when it ran again', () => {
    const log = `[INFO]  T E S T S
[ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! - in org.acme.CartTest
[ERROR] org.acme.CartTest.adds  Time elapsed: 0.1 s  <<< FAILURE!
[WARNING] Flakes:
[WARNING] org.acme.CartTest.adds
[ERROR]   Run 1: CartTest.adds:3 expected
[INFO]   Run 2: PASS
[INFO]
[WARNING] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0, Flakes: 1`
    expect(toldBy(log)).toMatchObject({ run: 5, failed: 0, failing: [] })
  })

  it('names a class that failed as a whole', () => {
    const log = `[INFO]  T E S T S
[ERROR] Tests run: 1, Failures: 0, Errors: 1, Skipped: 0, Time elapsed: 1.4 s <<< FAILURE! - in org.acme.CartTest
[ERROR] org.acme.CartTest  Time elapsed: 1.4 s  <<< ERROR!
[ERROR] Errors:
[ERROR]   CartTest.setUp:82 » NullPointer
[ERROR] Tests run: 1, Failures: 0, Errors: 1, Skipped: 0`
    expect(toldBy(log)).toMatchObject({ failed: 1, failing: ['(org.acme.CartTest)'] })
  })

  it('names the tool of a build that ran no tests', () => {
    expect(toldBy('[INFO] Scanning for projects...\n[INFO] BUILD FAILURE')).toMatchObject({
      tool: 'maven',
      frameworks: [],
    })
  })
})

import { describe, expect, it } from 'vitest'
import { toldBy } from './told.fixture.ts'
import { tools } from './tools.ts'

type Row = readonly [
  log: string,
  tool: string,
  run: number | undefined,
  failed: number,
  skipped: number,
  failing: readonly string[],
]

const rows: readonly Row[] = [
  ['Total tests run: 31, Failures: 2, Skips: 1', 'testng', 31, 2, 1, []],
  [
    '[info] - adds *** FAILED *** (3 ms)\n[error] Failed: Total 12, Failed 1, Errors 0, Passed 11, Skipped 2\n[error] Failed tests:\n[error] \torg.acme.CartTest\n[error] Total time: 12 s, completed Nov 21',
    'sbt',
    12,
    1,
    2,
    ['(org.acme.CartTest)'],
  ],
  [
    '[info] Loading project definition from /shop\n[error] Test org.acme.CartTest.adds failed: expected 3, took 0.1 sec\n[error] Failed: Total 2, Failed 1, Errors 0, Passed 1',
    'sbt',
    2,
    1,
    0,
    ['org.acme.CartTest.adds'],
  ],
  ['- adds *** FAILED ***\nTests: succeeded 10, failed 1, canceled 0, ignored 2, pending 0', 'scalatest', 11, 1, 2, []],
  [
    "[         3 tests found           ]\n[         1 tests skipped         ]\n[         1 tests failed          ]\n  MethodSource [className = 'org.acme.CartTest', methodName = 'adds', methodParameterTypes = '']",
    'junit',
    3,
    1,
    1,
    ['org.acme.CartTest.adds'],
  ],
  [
    'FAIL in (adds) (cart_test.clj:5)\nRan 3 tests containing 5 assertions.\n1 failures, 0 errors.',
    'clojure-test',
    3,
    1,
    0,
    ['adds'],
  ],
  [
    '{0} shop.test_cart.CartTest.test_adds [0.012s] ... FAILED\nRan: 12 tests in 1.2000 sec.\n - Passed: 10\n - Skipped: 1\n - Expected Fail: 0\n - Unexpected Success: 0\n - Failed: 1',
    'stestr',
    11,
    1,
    1,
    ['shop.test_cart.CartTest.test_adds'],
  ],
  ['Adds            | FAIL |\n3 tests, 2 passed, 1 failed, 0 skipped', 'robot', 3, 1, 0, ['Adds']],
  [
    'Failing scenarios:\n  features/cart.feature:3  Adds\n2 scenarios passed, 1 failed, 1 skipped',
    'behave',
    3,
    1,
    1,
    ['features/cart.feature:3'],
  ],
  [
    'Chrome 80.0 (Linux): Executed 5 of 12 (0.2 secs / 0.1 secs)\nChrome 80.0 (Linux) Cart adds FAILED\nChrome 80.0 (Linux): Executed 12 of 12 (1 FAILED) (skipped 2) (1.2 secs / 0.9 secs)',
    'karma',
    10,
    1,
    2,
    ['Cart adds'],
  ],
  [
    'Finished in 7.9 secs / 5.5 secs @ 08:53\nSUMMARY:\n✔ 10 tests completed\nℹ 1 test skipped\n✖ 1 test failed\nFAILED TESTS:\n  Cart\n    ✖ adds\n',
    'karma',
    11,
    1,
    1,
    ['adds'],
  ],
  [
    '  ✖ cart › adds Difference (- actual, + expected)\n  1 test failed\n  2 tests passed\n  1 test skipped',
    'ava',
    3,
    1,
    1,
    ['cart › adds'],
  ],
  [
    '  1 failed\n    [chromium] › cart.spec.ts:3:5 › Cart › adds ─────\n  2 skipped\n  10 passed (1.2m)',
    'playwright',
    10,
    0,
    2,
    ['Cart › adds'],
  ],
  ['adds ... FAILED (2ms)\nFAILED | 2 passed | 1 failed | 1 ignored (12ms)', 'deno', 3, 1, 1, ['adds']],
  [
    '(fail) Cart > adds [0.10ms]\n 2 pass\n 1 fail\nRan 3 tests across 1 files. [12.00ms]',
    'bun',
    3,
    1,
    0,
    ['Cart > adds'],
  ],
  [
    '[Fail] Cart [It] adds\nRan 10 of 12 Specs in 1.2 seconds\nFAIL! -- 9 Passed | 1 Failed | 0 Pending | 2 Skipped',
    'ginkgo',
    10,
    1,
    2,
    ['Cart [It] adds'],
  ],
  [
    '=== FAIL: example.com/shop TestCart/adds (0.00s)\nDONE 12 tests, 1 skipped, 2 failures in 1.2s',
    'go',
    11,
    2,
    1,
    ['TestCart/adds'],
  ],
  ['--- FAIL: TestCart (0.00s)\nFAIL\texample.com/shop\t0.004s', 'go', undefined, 1, 0, ['TestCart']],
  [
    '        FAIL [   0.005s] shop cart::adds\n     Summary [   0.010s] 3 tests run: 2 passed, 1 failed, 1 skipped',
    'nextest',
    3,
    1,
    1,
    ['cart::adds'],
  ],
  [
    '   FAILED  Tests\\Unit\\CartTest > it adds\n  Tests:    1 failed, 1 skipped, 10 passed (12 assertions)',
    'pest',
    11,
    1,
    1,
    ['Tests\\Unit\\CartTest > it adds'],
  ],
  [
    'Tests skipped   :   20 (  1.2%)\nTests failed    :    1 (  0.0%) (  0.0%)\nTests passed    :  217 ( 87.9%)\nFAILED TEST SUMMARY\n-----\nadds two [ext/cart/tests/adds.phpt]\n',
    'run-tests',
    218,
    1,
    20,
    ['ext/cart/tests/adds.phpt'],
  ],
  [
    '  Failed Acme.CartTest.Adds(a: 1) [12 ms]\nFailed!  - Failed:     1, Passed:     2, Skipped:     0, Total:     3, Duration: 12 ms - shop.dll (net8.0)',
    'dotnet',
    3,
    1,
    0,
    ['Acme.CartTest.Adds(a: 1)'],
  ],
  ['Total tests: 3\n     Passed: 2\n     Failed: 1\n Total time: 1.2 Seconds', 'dotnet', 3, 1, 0, []],
  [
    '    Acme.CartTest.Adds [FAIL]\n   shop.tests  Total: 3, Errors: 0, Failed: 1, Skipped: 1, Time: 0.2s',
    'xunit',
    3,
    1,
    1,
    ['Acme.CartTest.Adds'],
  ],
  [
    '1) Failed : Acme.CartTest.Adds\n  Test Count: 3, Passed: 2, Failed: 1, Warnings: 0, Inconclusive: 0, Skipped: 0',
    'xunit',
    3,
    1,
    0,
    ['Acme.CartTest.Adds'],
  ],
  [
    'Running 3 test cases...\ncart.cpp(12): error: in "cart/adds": check total == 3 has failed\n*** 1 failure is detected in the test module "Shop"',
    'boost-test',
    3,
    1,
    0,
    ['cart/adds'],
  ],
  [
    'FAIL!  : CartTest::adds(two) Compared values are not the same\nTotals: 5 passed, 1 failed, 0 skipped, 0 blacklisted, 12ms',
    'qtest',
    6,
    1,
    0,
    ['CartTest::adds(two)'],
  ],
  [
    ' 3/10 shop:cart / adds        FAIL    0.10s   exit status 1\nOk:                 8\nExpected Fail:      0\nFail:               1\nUnexpected Pass:    0\nSkipped:            1\nTimeout:            0',
    'meson',
    9,
    1,
    1,
    ['adds'],
  ],
  [
    'FAIL: test-cart.sh\n# TOTAL: 10\n# PASS:  8\n# SKIP:  1\n# XFAIL: 0\n# FAIL:  1\n# XPASS: 0\n# ERROR: 0',
    'automake',
    9,
    1,
    1,
    ['test-cart.sh'],
  ],
  [
    'FAIL: LLVM :: CodeGen/cart.ll (3 of 10)\nTesting Time: 1.20s\n  Passed           : 10\n  Failed           :  1',
    'lit',
    11,
    1,
    0,
    ['LLVM :: CodeGen/cart.ll'],
  ],
  [
    "Test Case '-[ShopTests.CartTests testAdds]' failed (0.001 seconds).\nTest Case '-[ShopTests.CartTests testOpens]' passed (0.002 seconds).\n\t Executed 2 tests, with 1 failure (0 unexpected) in 0.003 (0.004) seconds\n\t Executed 2 tests, with 1 failure (0 unexpected) in 0.003 (0.004) seconds",
    'xctest',
    2,
    1,
    0,
    ['ShopTests.CartTests.testAdds'],
  ],
  [
    '✘ Test adds() failed after 0.001 seconds with 1 issue.\n✔ Test opens() passed after 0.001 seconds.\n✘ Test run with 2 tests failed after 0.002 seconds with 1 issue.',
    'xctest',
    2,
    1,
    0,
    ['adds()'],
  ],
  [
    '  Failed: 1.  Skipped: 0.  Passed: 2.\ncart_tests: adds_test...*failed*',
    'eunit',
    3,
    1,
    0,
    ['cart_tests: adds_test'],
  ],
  [
    'Testing shop.cart_SUITE: TEST COMPLETE, 10 ok, 1 failed, 2 skipped of 13 test cases\ncart_SUITE:adds failed on line 12',
    'common-test',
    11,
    1,
    2,
    ['cart_SUITE:adds'],
  ],
  [
    'INFO: Analyzed 5 targets\n//shop:cart_test                     FAILED in 0.3s\nExecuted 3 out of 5 tests: 2 tests pass, 1 fails locally and 2 were skipped.',
    'bazel',
    5,
    1,
    2,
    ['//shop:cart_test'],
  ],
  [
    'Failing Scenarios:\ncucumber features/cart.feature:3 # Scenario: Adds\n\n3 scenarios (1 failed, 2 passed)',
    'cucumber',
    3,
    1,
    0,
    ['features/cart.feature:3'],
  ],
  [
    '--- Failed scenarios:\n\n    features/cart.feature:3\n\n3 scenarios (2 passed, 1 failed)',
    'cucumber',
    3,
    1,
    0,
    ['features/cart.feature:3'],
  ],
  [
    'Failures:\n  test/CartSpec.hs:5:7:\n  1) Cart adds two\n       expected: 3\nRandomized with seed 3\n12 examples, 1 failure, 2 pending',
    'hspec',
    12,
    1,
    2,
    ['Cart adds two'],
  ],
  ['    adds:      FAIL (0.01s)\n1 out of 3 tests failed (0.00s)', 'tasty', 3, 1, 0, ['adds']],
  ["── Failure ('test-cart.R:3:3'): adds ──\n[ FAIL 1 | WARN 0 | SKIP 2 | PASS 10 ]", 'testthat', 11, 1, 2, ['adds']],
  ['adds: Test Failed at /shop/test/runtests.jl:3', 'julia', undefined, 1, 0, ['adds']],
  [
    'adds: Test Failed at /shop/test/runtests.jl:3\nTest Summary: | Pass  Error  Total  Time\nCart          |    2             2  0.1s\n  full        |    2             2  0.1s\nTest Summary: | Pass  Fail  Broken  Total     Time\nTill          |    2     1       1      4  1m02.5s',
    'julia',
    6,
    1,
    0,
    ['adds'],
  ],
  [
    '00:01 +10 ~1 -1: test/cart_test.dart: Cart adds [E]\n00:02 +10 ~1 -1: Some tests failed.',
    'dart',
    11,
    1,
    1,
    ['Cart adds'],
  ],
  ['[-] adds 12ms (10ms|2ms)\nTests Passed: 10, Failed: 1, Skipped: 2 NotRun: 0', 'pester', 11, 1, 2, ['adds']],
  ['ok 1 opens\nnot ok 2 adds\nnot ok 3 later # TODO\n1..3', 'tap', 3, 1, 0, ['adds']],
  ['# tests 12\n# pass  11\n# fail  1\nnot ok 2 - adds', 'tap', 12, 1, 0, ['adds']],
]

describe('results', () => {
  it.each(rows)('of %j are told by %s', (log, tool, run, failed, skipped, failing) => {
    expect(toldBy(log)).toMatchObject({ tool, failed, skipped, ...(run === undefined ? {} : { run }) })
    expect(toldBy(log)?.run).toBe(run)
    if (failing.length > 0) expect(toldBy(log)?.failing).toEqual(failing)
  })

  it('of runners in one language add up, and every runner is named', () => {
    const jest = 'Tests:       7 passed, 7 total\nTime:        2.081s\n'
    expect(toldBy(`${jest}  209 passing (1s)\n`)).toMatchObject({
      tool: 'mocha',
      frameworks: ['jest', 'mocha'],
      run: 216,
      durationSeconds: 3.081,
    })
  })

  it('are those of the language whose tests failed', () => {
    const go = '--- PASS: TestCart (0.00s)\n'.repeat(50)
    expect(toldBy(`${go}Ran 3 tests in 0.1s\n\nFAILED (failures=1)`)).toMatchObject({
      tool: 'unittest',
      run: 3,
      failed: 1,
    })
  })

  it('of packages that only say that they passed do not tell how many tests ran', () => {
    const results = toldBy('ok  \texample.com/shop\t0.004s\nok  \texample.com/till\t(cached)')
    expect(results).toMatchObject({ tool: 'go', failed: 0, durationSeconds: 0.004 })
    expect(results?.run).toBeUndefined()
  })

  it('are not there where no tool spoke', () => {
    expect(toldBy('Tests: none\nFAILED\n____\nerror: 3 failing\nall passed')).toBeUndefined()
  })

  it('are kept with bounded memory, however many tests fail', () => {
    const lines = Array.from({ length: 30_000 }, (_, n) => `--- FAIL: TestCart${n} (0.00s)`)
    const results = toldBy(lines.join('\n'))
    expect(results?.failed).toBe(30_000)
    expect(results?.failing).toHaveLength(10_000)
  })

  it.each(tools.map((tool) => [tool.name, tool] as const))(
    '%s asks for lines by literals of four bytes at least',
    (_, tool) => {
      for (const literal of tool.literals) expect(Buffer.byteLength(literal), literal).toBeGreaterThanOrEqual(4)
    },
  )

  it.each(tools.map((tool) => [tool.name, tool] as const))('%s reads hostile lines in linear time', (_, tool) => {
    const hostile = ['(', '[', ' ', '=', '_', ' > ', '1, ', 'a.', '"', '::', '- '].map((part) =>
      part.repeat(8_000).slice(0, 8_000),
    )
    const begun = performance.now()
    for (const line of hostile)
      for (const literal of tool.literals) {
        const reading = tool.read()
        reading.see(`${literal}${line}`)
        reading.see(`${line}${literal}`)
        reading.end()
      }
    expect((performance.now() - begun) / (hostile.length * tool.literals.length)).toBeLessThan(60)
  })
})

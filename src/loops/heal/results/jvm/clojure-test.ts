import { lineTool } from '../line-tool.ts'

/**
 * clojure.test by Leiningen and tools.deps, and Kaocha:
 *
 *     FAIL in (adds) (cart_test.clj:5)
 *     Ran 3 tests containing 5 assertions.
 *     1 failures, 0 errors.
 *     3 tests, 5 assertions, 1 failures.
 */
export const clojureTest = lineTool({
  name: 'clojure-test',
  family: 'jvm',
  literals: ['FAIL in ', 'ERROR in ', ' tests containing ', ' failures, ', ' assertions, '],
  speaks:
    /^Ran \d{1,9} tests containing |^(?:FAIL|ERROR) in [(\w]|^\d{1,9} tests, \d{1,9} assertions, \d{1,9} failures\.$/,
  runIsTold: true,
  totals: [
    /^Ran (?<run>\d{1,9}) tests containing \d{1,9} assertions/,
    /^(?<failed>\d{1,9}) failures, (?<errors>\d{1,9}) errors\.\s*$/,
    /^(?<run>\d{1,9}) tests, \d{1,9} assertions, (?:(?<errors>\d{1,9}) errors, )?(?:(?<skipped>\d{1,9}) pending, )?(?<failed>\d{1,9}) failures\.\s*$/,
  ],
  failing: [/^(?:FAIL|ERROR) in \(?(?<test>[^\s()]{1,600})\)? \(/],
})

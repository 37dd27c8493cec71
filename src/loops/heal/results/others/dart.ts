import { lineTool } from '../line-tool.ts'

/**
 * Dart and Flutter: the counts go on from line to line.
 *
 *     00:01 +10 ~1 -2: test/cart_test.dart: Cart adds [E]
 *     00:02 +10 ~1 -2: Some tests failed.
 */
export const dart = lineTool({
  name: 'dart',
  family: 'other',
  lastCounts: true,
  literals: [': Some tests failed.', ': All tests passed!', ' [E]', ': All tests skipped.'],
  totals: [
    /^(?:(?<minutes>\d{2,4}):(?<time>\d\d)) \+(?<passed>\d{1,9})(?: ~(?<skipped>\d{1,9}))?(?: -(?<failed>\d{1,9}))?: (?:Some tests failed\.|All tests (?:passed!|skipped\.))\s*$/,
  ],
  failing: [
    /^\d{2,4}:\d\d \+\d{1,9}(?: ~\d{1,9})?(?: -\d{1,9})?: (?:\[[^\]]{1,60}\] )?(?:\S{1,300}\.dart: )?(?<test>\S.{0,900}?) \[E\]\s*$/,
  ],
})

import { add, count, emptyTally } from '../tally.ts'
import type { Tool } from '../tool.ts'

const totals =
  /^(?:\[(?:testng|TestNG|java)\] {0,4})?Total tests run: {0,3}(\d{1,9}), (?:Passes: \d{1,9}, )?Failures: {0,3}(\d{1,9}), Skips: {0,3}(\d{1,9})/

/**
 * TestNG by its own reporter, as whoever runs it without surefire or gradle sees it:
 *
 *     Total tests run: 31, Failures: 2, Skips: 1
 */
export const testng: Tool = {
  name: 'testng',
  family: 'jvm',
  literals: ['Total tests run:'],
  read() {
    const tally = emptyTally()
    let ran = false
    return {
      see(line) {
        const found = totals.exec(line)
        if (found === null) return
        ran = true
        add(tally, { run: count(found[1]), failed: count(found[2]), skipped: count(found[3]) })
      },
      end: () => (ran ? { tally, failing: [] } : undefined),
    }
  },
}

import { add, count, createNames, emptyTally } from '../tally.ts'
import type { Tool } from '../tool.ts'

const ended = /Test [Cc]ase '([^']{1,600})' (passed|failed|skipped)(?: on '[^']{1,200}')? \(([\d.]{1,12}) seconds\)/
const totals =
  /Executed (\d{1,9}) tests?, with (?:(\d{1,9}) tests? skipped and )?(\d{1,9}) failures? \(\d{1,9} unexpected\) in ([\d.]{1,12})/
const swiftTesting = /^[✘✔◇􀢄􁁛􀟈]? ?Test (\S.{0,600}?) (passed|failed) after ([\d.]{1,12}) seconds/u
const pretty = /^\s{2,8}✗ (\w{1,300}), /

/**
 * XCTest by xcodebuild and swift test, xcpretty, and Swift Testing. Every suite repeats the totals of those inside it,
 * so the cases are counted; who hides them (xcpretty) shows one total for each run.
 *
 *     Test Case '-[ShopTests.CartTests testAdds]' failed (0.001 seconds).
 *     	 Executed 12 tests, with 1 failure (0 unexpected) in 0.123 (0.125) seconds
 *     ✘ Test adds() failed after 0.001 seconds with 1 issue.
 */
export const xctest: Tool = {
  name: 'xctest',
  family: 'swift',
  literals: ["Test Case '", "Test case '", 'Executed ', ' after ', '✗ '],
  read() {
    const cases = emptyTally()
    const totalled = emptyTally()
    const failing = createNames()

    function end(name: string, outcome: string, time: string | undefined): void {
      if (outcome === 'skipped') cases.skipped += 1
      else add(cases, { run: 1, failed: outcome === 'failed' ? 1 : 0, seconds: Number(time) })
      if (outcome === 'failed') failing.add(name.replace(/^-\[(\S+) (\S+)\]$/, '$1.$2'))
    }

    return {
      see(line) {
        const one = ended.exec(line)
        if (one?.[1] !== undefined) return end(one[1], one[2] ?? '', one[3])
        const modern = swiftTesting.exec(line)
        if (modern?.[1] !== undefined && !modern[1].startsWith('run with '))
          return end(modern[1], modern[2] ?? '', modern[3])
        const sum = totals.exec(line)
        if (sum !== null) {
          const skipped = count(sum[2])
          return add(totalled, {
            run: count(sum[1]) - skipped,
            failed: count(sum[3]),
            skipped,
            seconds: Number(sum[4]),
          })
        }
        const name = pretty.exec(line)?.[1]
        if (name !== undefined) failing.add(name)
      },
      end() {
        const tally = cases.run + cases.skipped > 0 ? cases : totalled
        return tally.run + tally.skipped > 0 ? { tally, failing: failing.list() } : undefined
      },
    }
  },
}

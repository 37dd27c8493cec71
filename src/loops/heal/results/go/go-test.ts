import { add, count, createNames, emptyTally, seconds } from '../tally.ts'
import type { Tool } from '../tool.ts'

/** Output without a newline of its own may stand before it. */
const outcome = /--- (PASS|FAIL|SKIP): (\S{1,1000}) \(([\d.]{1,12})s\)\s*$/
const packageDone = /^(?:ok|FAIL) {0,4}\t(\S{1,500})\t(?:\(cached\)|([\d.]{1,12})s)/
const event = /^\s{0,4}\{"Time":"|^\s{0,4}\{"Action":"/
const done =
  /^DONE (?:\d{1,4} runs, )?(\d{1,9}) tests?(?:, (\d{1,9}) skipped)?(?:, (\d{1,9}) failures?)?(?:, \d{1,9} errors?)? in ([\d.]{1,12})(m?s)/
const shown = /^=== (?:FAIL|Failed): (?:\S{1,500} )?(Test\S{1,500}) \(/

interface Event {
  readonly Action?: unknown
  readonly Test?: unknown
  readonly Elapsed?: unknown
}

/**
 * go test, plain, verbose and as JSON, of many packages at once, and gotestsum:
 *
 *     === RUN   TestCart
 *         --- FAIL: TestCart/adds (0.00s)
 *     --- FAIL: TestCart (0.00s)
 *     FAIL	example.com/shop	0.004s
 *     ok  	example.com/shop/till	0.1s
 *     {"Time":"…","Action":"fail","Package":"example.com/shop","Test":"TestCart/adds","Elapsed":0.1}
 *     DONE 12 tests, 1 skipped, 2 failures in 1.2s
 *
 * Tests and subtests count, as gotestsum counts them. Without -v go shows only those that failed.
 */
export const goTest: Tool = {
  name: 'go',
  family: 'go',
  literals: ['--- PASS: ', '--- FAIL: ', '--- SKIP: ', 'ok  \t', 'FAIL\t', '"Action":"', 'DONE ', '=== FAIL: '],
  read() {
    let spoke = false
    let packages = 0
    let summed = false
    let passing = false
    const tally = emptyTally()
    const total = emptyTally()
    const failing = createNames()

    function end(action: string, name: string): void {
      spoke = true
      if (action === 'pass') passing = true
      if (action === 'fail') failing.add(name)
      if (action === 'skip') tally.skipped += 1
      else add(tally, { run: 1, failed: action === 'fail' ? 1 : 0 })
    }
    function seeEvent(line: string): void {
      const { Action, Test, Elapsed } = parsed(line)
      if (typeof Action !== 'string' || !/^(?:pass|fail|skip)$/.test(Action)) return
      if (typeof Test === 'string') end(Action, Test)
      else if (typeof Elapsed === 'number') tally.seconds += Elapsed
    }

    return {
      see(line) {
        if (event.test(line)) return seeEvent(line)
        const sum = done.exec(line)
        if (sum !== null) {
          summed = true
          const [, run, skipped, failed, time, unit] = sum
          return add(total, {
            run: count(run) - count(skipped),
            failed: count(failed),
            skipped: count(skipped),
            seconds: seconds(time, unit),
          })
        }
        const test = outcome.exec(line)
        if (test?.[1] !== undefined && test[2] !== undefined) return end(test[1].toLowerCase(), test[2])
        const listed = shown.exec(line)?.[1]
        if (listed !== undefined) {
          spoke = true
          failing.add(listed)
          return
        }
        const finished = packageDone.exec(line)
        if (finished === null) return
        packages += 1
        tally.seconds += seconds(finished[2])
      },
      end() {
        if (summed) return { tally: total, failing: failing.list() }
        if (!spoke && packages === 0) return undefined
        return { tally, failing: failing.list(), onlyFailures: !passing }
      },
    }
  },
}

function parsed(line: string): Event {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

import { count, createNames, emptyTally } from '../tally.ts'
import type { Tool } from '../tool.ts'

const notOk = /^( {0,40})not ok (?:\d{1,9})?(?: - | {1,2})?(.{0,1500}?)\s*$/
const excused = /# (?:TODO|SKIP)\b/i
const plan = /^1\.\.(\d{1,9})(?:\s|$)/
const total = /^# (tests|pass|fail|cancelled|skip|skipped|todo) {1,4}(\d{1,9})\s*$/
const time = /^# (?:duration_ms|time)[ =]([\d.]{1,20})(ms|s)?\s*$/
const failedOf = /^# failed (\d{1,9})(?: of (\d{1,9}) tests)?/

/**
 * The Test Anything Protocol, of tape, node-tap, QUnit, testem, bats, prove -v and whoever else speaks it:
 *
 *     1..12
 *     not ok 2 - adds
 *     # tests 12
 *     # pass  11
 *     # fail  1
 *
 * Where no comment tells the totals, the plans and the lines do. A test that failed because its subtests did, which
 * stand indented above it, is not named again.
 */
export const tap: Tool = {
  name: 'tap',
  family: 'other',
  literals: [
    'not ok ',
    '# tests ',
    '# fail',
    '# skip',
    '# cancelled ',
    '# duration_ms ',
    '# time=',
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `1..${digit}`),
  ],
  read() {
    const told = emptyTally()
    let hasTold = false
    let planned = 0
    let failed = 0
    let deepest = -1
    const failing = createNames()
    return {
      see(line) {
        const [, indent, name = ''] = notOk.exec(line) ?? []
        if (indent !== undefined) {
          const isParent = deepest > indent.length
          deepest = indent.length
          if (excused.test(name)) return
          if (indent.length === 0) failed += 1
          if (!isParent) failing.add(name === '' ? line.trim() : name)
          return
        }
        const ahead = plan.exec(line)?.[1]
        if (ahead !== undefined) {
          planned += count(ahead)
          return
        }
        const [, what, amount] = total.exec(line) ?? []
        if (what === 'tests') {
          hasTold = true
          told.run += count(amount)
        } else if (what === 'fail' || what === 'cancelled') told.failed += count(amount)
        else if (what === 'skip' || what === 'skipped') told.skipped += count(amount)
        const elapsed = time.exec(line)
        if (elapsed !== null) told.seconds += Number(elapsed[1]) / (elapsed[2] === 's' ? 1 : 1_000)
        const bad = failedOf.exec(line)
        if (bad !== null && !hasTold) failed = Math.max(failed, count(bad[1]))
      },
      end() {
        if (!hasTold && planned === 0) return undefined
        const tally = hasTold ? told : { ...told, run: Math.max(planned, failed), failed }
        return { within: ['prove', 'mocha', 'jest', 'ava', 'node-test'], tally, failing: failing.list() }
      },
    }
  },
}

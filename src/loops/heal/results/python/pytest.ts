import { add, count, createNames, emptyTally, seconds, type Tally } from '../tally.ts'
import type { Tool } from '../tool.ts'
import { createFailureBlocks } from './pytest-blocks.ts'
import { dotted, readNode } from './pytest-names.ts'

const totals =
  /^(?:=+ )?((?:\d{1,9} [a-z -]{1,24}, ){0,12}\d{1,9} [a-z -]{1,24}|no tests ran) in ([\d.,]{1,12})(?:s(?: \([^()]{1,40}\))?| seconds)(?: =+)?\s*$/
const heading = /^=+ ?([A-Za-z][A-Za-z (:)]{2,60}?) ?=+$/
const inSummary = /^(?:FAIL|FAILED|ERROR|SUBFAIL|SUBFAILED(?:\(.{0,300}?\)|\[.{0,300}?\])?) (\S.{0,4000})$/
/** `tests/test_cart.py::test_adds FAILED [ 50%]`, and by xdist `[gw0] [ 50%] FAILED tests/test_cart.py::test_adds`. */
const verbose =
  /^(\S{1,600}\.py::[^\s[]{1,600}(?:\[.{0,1500}?\](?= ))?)(?: .{0,1000}?)? (?:FAILED|ERROR)\s*(?:\[[ \d%/]{1,20}\])?\s*$/
const verboseByWorker = /^(?:\[gw\d{1,4}\] )?(?:\[ ?[ \d]{2,3}%\] )?(?:FAILED|ERROR) (\S.{0,2000}?)\s*$/

/**
 * pytest of all versions, plain, quiet, verbose and by xdist:
 *
 *     ============= test session starts =============
 *     tests/test_cart.py .F.                                  [100%]
 *     =================== FAILURES ===================
 *     __________________ test_adds[2] ________________
 *     ============ short test summary info ===========
 *     FAILED tests/test_cart.py::test_adds[2] - assert 4 == 5
 *     ====== 1 failed, 2 passed, 1 skipped in 0.12s ======
 *
 * Names are written as JUnit files have them, `tests.test_cart::test_adds[2]`; a file that could not be collected
 * `(tests.test_cart)`. They come from the short summary, else from verbose lines, else from the blocks of failures:
 * whichever tells as many as failed.
 */
export const pytest: Tool = {
  name: 'pytest',
  family: 'python',
  literals: [
    'test session starts',
    'passed in ',
    'failed in ',
    'error in ',
    'errors in ',
    'skipped in ',
    'warning in ',
    'warnings in ',
    'xfailed in ',
    'xpassed in ',
    'deselected in ',
    'rerun in ',
    'tests ran in ',
    'subtests passed in ',
    'FAILURES =',
    'ERRORS =',
    'PASSES =',
    'warnings summary',
    'short test summary info',
    '.py::',
    '.py:',
    '.py ',
    '____',
  ],
  read() {
    let spoke = false
    let inShortSummary = false
    const tally = emptyTally()
    const failing = createNames()
    const short = createNames()
    const told = createNames()
    const blocks = createFailureBlocks()

    function settle(failed: number): void {
      const inBlocks = blocks.settle()
      const sources = [short.list(), told.list(), inBlocks]
      const most = Math.max(...sources.map((names) => names.length))
      const best = sources.find((names) => names.length > 0 && names.length >= Math.min(failed, most)) ?? []
      for (const name of best) failing.add(name)
      short.clear()
      told.clear()
    }

    return {
      see(line) {
        const found = totals.exec(line)
        if (found?.[1] !== undefined && (spoke || line.startsWith('=') || /passed|failed/.test(found[1]))) {
          spoke = true
          inShortSummary = false
          const part = countsOf(found[1])
          add(tally, { ...part, seconds: seconds(found[2]) })
          return settle(part.failed)
        }
        const title = line.startsWith('=') ? heading.exec(line)?.[1] : undefined
        if (title !== undefined) {
          if (title === 'test session starts') {
            spoke = true
            settle(0)
          }
          spoke ||= title === 'FAILURES' || title === 'ERRORS'
          inShortSummary = spoke && title === 'short test summary info'
          return blocks.section(title)
        }
        if (inShortSummary) {
          const node = inSummary.exec(line)?.[1]
          if (node !== undefined) short.add(readNode(node))
          return
        }
        if (!spoke) return
        const node = line.includes('FAILED') || line.includes('ERROR') ? nodeOf(line) : undefined
        if (node === undefined) blocks.see(line)
        else told.add(dotted(node))
      },
      follows: () => inShortSummary || blocks.follows(),
      end() {
        if (!spoke) return undefined
        settle(0)
        return { tally, failing: failing.list() }
      },
    }
  },
}

function nodeOf(line: string): string | undefined {
  const node = verboseByWorker.exec(line)?.[1] ?? verbose.exec(line)?.[1]
  return node?.includes('.py::') === true ? node : undefined
}

function countsOf(text: string): Tally {
  const tally = emptyTally()
  for (const item of text.split(', ')) {
    const [, amount, what = ''] = /^(\d+) (.+)$/.exec(item) ?? []
    const number = count(amount)
    if (what === 'passed') tally.run += number
    else if (what === 'failed') add(tally, { run: number, failed: number })
    else if (/^error(?:s|ed)?$/.test(what)) add(tally, { run: number, failed: number, errored: number })
    else if (what === 'skipped') tally.skipped += number
    else if (what === 'xfailed') add(tally, { run: number, expectedFailures: number })
    else if (what === 'xpassed') add(tally, { run: number, unexpectedPasses: number })
  }
  return tally
}

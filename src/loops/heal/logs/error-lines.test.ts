import { describe, expect, it } from 'vitest'
import { isErrorLine } from './error-lines.ts'
import { readLog } from './read-log.ts'

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}
const errorLinesOf = async (...lines: readonly string[]) =>
  (await readLog(bytes(`${lines.join('\n')}\n`))).errorLines.map(({ line }) => line)

const started = '[taskcluster 2026-01-31 10:11:12.123Z] Task ID: AbCdEf'
const task = '[task 2026-01-31T10:11:13.456Z] '

describe('the error lines of a Taskcluster job', () => {
  it.each([
    '10:11:12    ERROR -  everything that is logged as one',
    '10:11:12    FATAL - the script gave up',
    '10:11:12     INFO - TEST-UNEXPECTED-FAIL | a/test_cart.js | adds up - got 2, expected 3',
    '10:11:12  WARNING -  REFTEST TEST-UNEXPECTED-FAIL | a.html == b.html | image comparison',
    '10:11:12     INFO - PROCESS-CRASH | Hit a wall | a/test_cart.html',
    '10:11:12     INFO -  gmake: *** [Makefile:59: build] Error 2',
    'TypeError: cart is undefined',
    '/src/cart.c:12: error: no such thing',
    'cart.cpp(12) error(7): no such thing',
    'cart.cpp : error C2065: undeclared identifier',
    '[  FAILED  ] Cart.AddsUp',
    '[taskcluster:error] Task aborted - max run time exceeded',
    'SUMMARY: AddressSanitizer: heap-use-after-free',
    'ERROR 503: Service Unavailable.',
  ])('hold %j', (line) => expect(isErrorLine(line)).toBe(true))
  it.each([
    '10:11:12     INFO - TEST-PASS | a/test_cart.js | fatal error is handled',
    'TEST-UNEXPECTED-WARNING: old',
    'I/Gecko   (123): TEST-UNEXPECTED-FAIL | told twice',
    'TimeoutException: waited',
    'a non-fatal error: goes on',
    '10:11:12     INFO - nothing of note',
    'the error: is not at the start',
  ])('hold not %j', (line) => expect(isErrorLine(line)).toBe(false))

  it('are read from below the prefix of the worker, each once in a row', async () =>
    expect(
      await errorLinesOf(
        started,
        `${task}10:11:13     INFO - all is well`,
        `${task}10:11:14    ERROR - broken`,
        `[vcs 2026-01-31T10:11:15.000000Z] abort: no such revision`,
        '[taskcluster:error] exit status 1',
        '[taskcluster:error] exit status 1',
      ),
    ).toEqual([3, 4, 5]))
  it('are the first forty', async () =>
    expect(
      await errorLinesOf(started, ...Array.from({ length: 200 }, (_, number) => `${task}error: number ${number}`)),
    ).toHaveLength(40))
  it('are nobody else’s', async () => expect(await errorLinesOf('error: broken', 'TypeError: no')).toEqual([]))
  it('hold no secret', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`
    const reading = await readLog(bytes(`${started}\n${task}error: bad token ${token}\n`))
    expect(reading.errorLines).toEqual([{ line: 2, text: 'error: bad token ***' }])
  })
})

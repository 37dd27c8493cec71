import { describe, expect, it } from 'vitest'
import { categories } from '../../model/diagnosis.ts'
import type { Observed } from '../../model/run.ts'
import type { Facts } from './classify/evidence.ts'
import { diagnose, showsFailure } from './diagnose.ts'
import { readLog } from './logs/read-log.ts'
import type { LogReading } from './logs/reading.ts'

async function reading(...lines: readonly string[]): Promise<LogReading> {
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''))
  }
  return readLog(bytes())
}
const diagnosed = async (lines: readonly string[], facts: Facts = {}) => diagnose(await reading(...lines), facts)

const failingTest = [
  '##[group]Run npm test',
  ' FAIL  test/cart.test.ts > cart > adds up',
  'AssertionError: expected 3 to be 4',
  '##[error]Process completed with exit code 1.',
]

describe('what the runner saw outweighs what the log says', () => {
  const seen = (observed: Observed, conclusion: Facts['conclusion'] = 'failure') =>
    diagnosed(failingTest, { observed, conclusion })

  it('killed for memory is out of memory', async () => {
    const diagnosis = await seen({ outOfMemory: true, peakMemoryBytes: 2 ** 28, memoryLimitBytes: 2 ** 28 })
    expect(diagnosis.category).toBe('res.oom')
    expect(diagnosis.sentence).toBe('The step was killed for memory at its limit of 256 MiB.')
  })
  it('exit code 137 alone is not', async () => {
    expect((await seen({ exitCode: 137, signal: 'SIGKILL' })).category).toBe('code.test')
  })
  it('a kill with the memory all but used up is', async () => {
    expect((await seen({ exitCode: 137, peakMemoryBytes: 99, memoryLimitBytes: 100 })).category).toBe('res.oom')
  })
  it('no output and no processor time is a hang', async () => {
    const stall = {
      silentMs: 90_000,
      cpuMs: 10,
      lastLine: 'waiting for the lock',
      processes: [{ pid: 7, command: 'node server.js', state: 'S', waitingOn: 'futex' }],
    }
    const diagnosis = await seen({ stall })
    expect(diagnosis.category).toBe('res.timeout_step')
    expect(diagnosis.outcome).toBe('timeout')
    expect(diagnosis.evidence[0]).toMatch(/^hang: silent for 1 m 30 s.*waiting for the lock/)
    expect(diagnosis.evidence[1]).toBe('hang: node server.js waits in futex')
  })
  it('a time limit after a long silence is a hang, with output to the end it is slow', async () => {
    const at = (second: number): string =>
      new Date(1_767_225_600_000 + second * 1_000).toISOString().replace('Z', '0000Z')
    const silent = [`${at(0)} start`, `${at(10)} waiting`, `${at(600)} ##[error]The operation was canceled.`]
    const busy = Array.from({ length: 100 }, (_, index) => `${at(index * 6)} working on ${index}`)
    const facts: Facts = { conclusion: 'timed_out', observed: { timeoutMs: 600_000 } }
    const hang = await diagnosed(silent, facts)
    expect([hang.category, hang.evidence[0]]).toEqual(['res.timeout_step', expect.stringMatching(/^hang: /)])
    const slow = await diagnosed(busy, facts)
    expect([slow.category, slow.evidence[0]]).toEqual(['res.timeout_job', expect.stringMatching(/^slow: /)])
  })
  it('a signal of its own making is a crash', async () => {
    expect((await seen({ signal: 'SIGSEGV' })).category).toBe('code.crash')
  })
})

describe('transience', () => {
  it('of a failing test is unknown without other evidence', async () => {
    expect((await diagnosed(failingTest)).transience.verdict).toBe('unknown')
  })
  it('is intermittent, and the test flaky, when the job passed at the same commit', async () => {
    const diagnosis = await diagnosed(failingTest, { history: { passedAtSameCommit: true } })
    expect([diagnosis.category, diagnosis.transience.verdict, diagnosis.owner]).toEqual([
      'test.flaky',
      'intermittent',
      'test-owner',
    ])
  })
  it.each([
    [9, 1, 'intermittent'],
    [0, 6, 'deterministic'],
    [2, 2, 'unknown'],
  ] as const)(
    'follows the record of the family: %i passed and %i failed when rerun is %s',
    async (passedOnRerun, failedOnRerun, verdict) => {
      const diagnosis = await diagnosed(failingTest, { history: { family: { passedOnRerun, failedOnRerun } } })
      expect(diagnosis.transience.verdict).toBe(verdict)
    },
  )
  it('of a compile error is deterministic', async () => {
    expect((await diagnosed(["src/a.ts(1,1): error TS2304: Cannot find name 'x'."])).transience.verdict).toBe(
      'deterministic',
    )
  })
})

describe('tests', () => {
  it('that wait too long are named as that', async () => {
    const diagnosis = await diagnosed([' FAIL  test/mail.test.ts > mail > arrives', 'Error: Test timed out in 5000ms.'])
    expect([diagnosis.category, diagnosis.transience.verdict]).toEqual(['test.async', 'intermittent'])
  })
  it.each(['Error: listen EADDRINUSE: address already in use :::3000', 'Error: read ECONNRESET'])(
    'that meet "%s" share a resource',
    async (line) => {
      const diagnosis = await diagnosed([' FAIL  test/mail.test.ts > mail > arrives', line])
      expect([diagnosis.category, diagnosis.transience.verdict]).toEqual(['test.resource', 'intermittent'])
    },
  )
  it('are counted and named', async () => {
    const diagnosis = await diagnosed([...failingTest.slice(0, 3), '      Tests  1 failed | 3 passed | 2 skipped (6)'])
    expect(diagnosis.tests).toEqual({
      frameworks: ['vitest'],
      run: 6,
      failed: 1,
      skipped: 2,
      failing: ['cart > adds up'],
    })
  })
})

describe('the first cause', () => {
  it('comes before what follows from it', async () => {
    const diagnosis = await diagnosed([
      "src/a.ts(1,1): error TS2304: Cannot find name 'x'.",
      "src/b.ts(9,1): error TS2305: Module './a' has no exported member 'y'.",
      'make: *** [Makefile:3: all] Error 2',
      '##[error]Process completed with exit code 2.',
    ])
    expect(diagnosis.location).toEqual({ file: 'src/a.ts', line: 1, column: 1 })
    expect(diagnosis.sentence).toBe(
      "The TypeScript compiler rejects the code in src/a.ts, line 1: error TS2304: Cannot find name 'x'.",
    )
    expect(diagnosis.exitCode).toBe(2)
  })
  it('is not what a passing log of the job says too', async () => {
    const noise = 'Error: optional cache is not reachable, going on without it 4711'
    const failing = await reading(noise, "src/a.ts(1,1): error TS2304: Cannot find name 'x'.")
    const passed = await reading(noise.replace('4711', '4712'))
    expect(diagnose(failing, { passed }).evidence.join()).not.toContain('line 1:')
  })
  it('asks to wait as long as the service asks', async () => {
    expect(
      (await diagnosed(['curl: (22) The requested URL returned error: 503', 'Retry-After: 30'])).retryAfterSeconds,
    ).toBe(30)
  })
})

describe('a log that says nothing', () => {
  it('gets no guess: unknown, with its last words', async () => {
    const diagnosis = await diagnosed([
      'building',
      'still building',
      'something odd',
      '##[error]Process completed with exit code 3.',
    ])
    expect(diagnosis).toMatchObject({ category: 'unknown', abstained: true, owner: 'triage', exitCode: 3 })
    expect(diagnosis.excerpts[0]?.text).toContain('something odd')
  })
  it('of an empty job still gives an answer', async () => {
    const diagnosis = await diagnosed([])
    expect(diagnosis).toMatchObject({ category: 'unknown', excerpts: [] })
    expect(diagnosis.evidence.join()).toMatch(/empty/)
  })
  it('of a failure shows none', async () => {
    const fine = await reading('all 12 tests passed', 'done')
    expect(showsFailure(fine, diagnose(fine))).toBe(false)
    const bad = await reading(...failingTest)
    expect(showsFailure(bad, diagnose(bad))).toBe(true)
  })
})

it('what is shown is harmless', async () => {
  const diagnosis = await diagnosed(['Error: \x1b]0;owned\x07<img src=x onerror=alert(1)> \u202egnp.exe'])
  const all = JSON.stringify(diagnosis)
  expect(all).not.toMatch(/\\u001b|\\u0007|\u202e/)
})

it('outcome and owner follow the category', async () => {
  const diagnosis = await diagnosed(['npm error code ERESOLVE', 'npm error ERESOLVE unable to resolve dependency tree'])
  expect(diagnosis).toMatchObject({
    category: 'dep.conflict',
    outcome: categories['dep.conflict'].outcome,
    owner: 'author',
    phase: 'prepare',
  })
})

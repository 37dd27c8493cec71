import { readdirSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import type { Stall } from '../../../model/run.ts'
import { runJob } from './job.fixture.ts'
import { canSeeProcesses, readCommand } from './proc.ts'

const job = (script: string, more = '') => `
on: push
jobs:
  test:
    runs-on: ubuntu-latest
${more}
    steps:
      - name: work
        run: |
${script
  .split('\n')
  .map((line) => `          ${line}`)
  .join('\n')}
      - if: always()
        run: echo cleaned-up`

/** As a shell takes it, also below a folder with a space. */
const node = `'${process.execPath}'`
const graceMs = { interrupt: 300, terminate: 300 }
const mib = 1024 * 1024

/** Command lines on this machine that hold a word that only this test uses. */
function left(word: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readCommand(Number(pid)))
    .filter((command) => command.includes(word))
}

test.runIf(canSeeProcesses)(
  'a step over its memory limit is killed, and the log and the answer tell the numbers',
  async () => {
    const { result, log } = await runJob(
      job(`${node} -e "const a=[]; setInterval(() => a.push(Buffer.alloc(${20 * mib}, 1)), 10)"`),
      { request: { limits: { memoryLimitBytes: 256 * mib } } },
    )
    expect(result.conclusion).toBe('failure')
    expect(result.observed).toMatchObject({ outOfMemory: true, exitCode: 137, memoryLimitBytes: 256 * mib })
    expect(result.observed.peakMemoryBytes).toBeGreaterThan(256 * mib)
    expect(log.join('\n')).toMatch(
      /##\[error\]The job was killed for its memory: its processes held \d+ MiB, over the limit of 256 MiB/,
    )
    expect(log).toContain('##[error]Process completed with exit code 137.')
    expect(log).toContain('cleaned-up')
  },
)

test.runIf(canSeeProcesses)('memory is counted over all processes of the job together', async () => {
  const one = `${node} -e "const a=Buffer.alloc(${60 * mib}, 1); setTimeout(() => a.length, 20000)"`
  const { result } = await runJob(job(`${one} &\n${one} &\n${one} &\nwait`), {
    request: { limits: { memoryLimitBytes: 250 * mib } },
  })
  expect(result.observed.outOfMemory).toBe(true)
})

test.runIf(canSeeProcesses)(
  'a job that waits without output or work is reported as stalled, once, and is not killed by it',
  async () => {
    const stalls: Stall[] = []
    const stop = new AbortController()
    const { result, log } = await runJob(job('echo waiting for the lock\nsleep 600'), {
      request: { limits: { stallAfterMs: 600, graceMs } },
      io: {
        signal: stop.signal,
        stalled(stall) {
          stalls.push(stall)
          setTimeout(() => stop.abort('it hangs: no output and no work'), 700)
        },
      },
    })
    expect(stalls).toHaveLength(1)
    expect(stalls[0]).toMatchObject({ lastLine: 'waiting for the lock' })
    expect(stalls[0]?.silentMs).toBeGreaterThanOrEqual(600)
    expect(stalls[0]?.cpuMs).toBeLessThan(20)
    expect(stalls[0]?.processes.some((one) => one.command.includes('sleep 600') && one.state === 'S')).toBe(true)
    expect(result.conclusion).toBe('cancelled')
    expect(result.observed.stall?.lastLine).toBe('waiting for the lock')
    expect(log).toContain('##[error]it hangs: no output and no work')
  },
)

test.runIf(canSeeProcesses)('a job that computes in silence is slow, not stalled', async () => {
  const stalled = vi.fn()
  const { result } = await runJob(job(`${node} -e "const end = Date.now() + 2000; while (Date.now() < end);"`), {
    request: { limits: { stallAfterMs: 500 } },
    io: { stalled },
  })
  expect(result.conclusion).toBe('success')
  expect(stalled).not.toHaveBeenCalled()
})

test('the time limit of a step fails the step', async () => {
  const { result, log, updates } = await runJob(
    `
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - name: slow
        timeout-minutes: 0.005
        run: sleep 60
      - if: failure()
        run: echo seen`,
    { request: { limits: { graceMs } } },
  )
  expect(result.conclusion).toBe('failure')
  expect(log).toContain("##[error]The action 'slow' has timed out after 300 ms.")
  expect(log).toContain('seen')
  expect(updates.find((step) => step.name === 'slow' && step.status === 'completed')?.conclusion).toBe('timed_out')
})

test('the time limit of the job ends the job as timed out; cleaning up still runs', async () => {
  const { result, log } = await runJob(job('sleep 60', '    timeout-minutes: 0.005'), {
    request: { limits: { graceMs } },
  })
  expect(result.conclusion).toBe('timed_out')
  expect(result.observed.timeoutMs).toBe(300)
  expect(log).toContain('##[error]The job has exceeded the maximum execution time of 300 ms.')
  expect(log).toContain('cleaned-up')
})

test.runIf(canSeeProcesses)('a cancel ends the whole tree, also what ignores signals or left its session', async () => {
  const stop = new AbortController()
  const word = `stubborn${process.pid}`
  const { result, log } = await runJob(
    job(`
setsid ${node} -e "process.on('SIGINT', () => {}); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000) // ${word}" &
(env -i setsid sleep 1234.${process.pid} &)
trap '' INT TERM
echo ready
sleep 600`),
    {
      request: { limits: { graceMs } },
      io: {
        signal: stop.signal,
        log: (line) => {
          if (line.endsWith(' ready')) setTimeout(() => stop.abort(), 250)
        },
      },
    },
  )
  expect(result.conclusion).toBe('cancelled')
  expect(log).toEqual([])
  expect(left(word)).toEqual([])
  expect(left(`1234.${process.pid}`)).toEqual([])
})

test('on a cancel the condition of the running step is looked at again: always() goes on', async () => {
  const stop = new AbortController()
  const lines: string[] = []
  const { result } = await runJob(
    `
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - if: always()
        run: |
          echo begin
          sleep 0.6
          echo end-of-always
      - run: echo not-any-more
      - if: cancelled()
        run: echo saw-the-cancel`,
    {
      request: { limits: { graceMs } },
      io: {
        signal: stop.signal,
        log: (line) => {
          lines.push(line.slice(line.indexOf(' ') + 1))
          if (line.endsWith(' begin')) stop.abort()
        },
      },
    },
  )
  expect(result.conclusion).toBe('cancelled')
  expect(lines).toContain('end-of-always')
  expect(lines).toContain('saw-the-cancel')
  expect(lines).not.toContain('not-any-more')
})

test.runIf(canSeeProcesses)(
  'a process that a step leaves behind serves later steps and is gone after the job',
  async () => {
    const word = `server${process.pid}`
    const { result, log } = await runJob(`
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: |
          ${node} -e "require('fs').writeFileSync('up', ''); setInterval(() => console.log('tick'), 50) // ${word}" &
      - run: |
          until [ -f up ]; do sleep 0.05; done
          pgrep -f ${word} > /dev/null && echo still-there`)
    expect(result.conclusion).toBe('success')
    expect(log).toContain('still-there')
    expect(log.join('\n')).toMatch(/Terminate orphan process: \d+ /)
    expect(left(word)).toEqual([])
  },
)

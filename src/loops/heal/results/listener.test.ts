import { describe, expect, it } from 'vitest'
import { readLog } from '../logs/read-log.ts'

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}

const token = ['ghp', 'A1b2C3d4'.repeat(5).slice(0, 36)].join('_')

describe('a log', () => {
  it('tells its results and its ending while it is read', async () => {
    const { results, ending } = await readLog(bytesOf('Ran 3 tests in 0.1s\n\nOK\n\nDone. Your build exited with 0.\n'))
    expect(results).toMatchObject({ tool: 'unittest', run: 3, failed: 0 })
    expect(ending).toBe('passed')
  })

  it.each([
    ['##[error]Process completed with exit code 1.', 'failed'],
    ['##[error]The operation was canceled.\n##[error]Process completed with exit code 1.', 'cancelled'],
    ['The build has been terminated', 'terminated'],
    ['The command "make" exited with 2.\nDone. Your build exited with 0.', 'passed'],
    ['ERROR: Job failed: exit code 1', 'failed'],
    ['Job succeeded', 'passed'],
    ['Finished: UNSTABLE', 'failed'],
    ['all fine', undefined],
  ])('that says %j ended so: %s', async (text, ending) => {
    expect((await readLog(bytesOf(`${text}\n`))).ending).toBe(ending)
  })

  it('whose lines end by carriage returns alone tells its results all the same', async () => {
    const lines = [
      'build language: python',
      ...Array.from({ length: 30 }, (_, n) => `line ${n}`),
      '=== 2 failed, 9 passed in 0.28 seconds ===',
      '',
    ]
    expect((await readLog(bytesOf(lines.join('\r')))).results).toMatchObject({ tool: 'pytest', run: 11, failed: 2 })
  })

  it('never shows a secret in the name of a test', async () => {
    const { results } = await readLog(bytesOf(`--- FAIL: TestLogin/${token} (0.00s)\n`))
    expect(results?.failing).toHaveLength(1)
    expect(JSON.stringify(results)).not.toContain(token)
  })
})

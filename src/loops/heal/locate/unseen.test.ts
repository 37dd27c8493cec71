import { expect, it } from 'vitest'
import { readLog } from '../logs/read-log.ts'
import { locate } from './locate.ts'

const noise = ['fatal: early EOF', 'Error: ENOENT: no such file or directory, open prices.json', 'ERROR no tax service']
const cause = 'the shelf holds fewer pears than the basket of the guest'
const passed = Array.from({ length: 60 }, (_, n) =>
  n % 6 === 5 ? noise[Math.floor(n / 6) % 3] : `packed crate ${n} of 60`,
)

async function read(lines: readonly (string | undefined)[]) {
  return await readLog(
    (async function* () {
      yield Buffer.from(`${lines.join('\n')}\n`)
    })(),
  )
}

it('beside a passing log what is shown is new, however much like errors its old lines look, and the reason says so', async () => {
  const failed = [...passed.slice(0, 40), cause, ...passed.slice(40), '##[error]Process completed with exit code 3.']
  const shown = locate(await read(failed), { passed: await read(passed) })
  expect(shown[0]).toMatchObject({ start: 41, end: 41, text: [cause], why: expect.stringMatching(/passing log/) })
  expect(shown.flatMap(({ text }) => text).filter((line) => passed.includes(line))).toEqual([])
})

it('beside a passing log that has all its lines a log shows what it would show alone, for something must be shown', async () => {
  expect(locate(await read(passed), { passed: await read(passed) })).not.toEqual([])
})

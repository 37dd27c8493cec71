import { expect, it } from 'vitest'
import { readLog } from './logs/read-log.ts'
import { sayNewLines, saysNews } from './new-lines.ts'

const exit = '##[error]Process completed with exit code 1.'
const green = await read('unpacking 12 crates', 'Error: read ECONNRESET', 'trying again', 'done')

async function read(...lines: readonly string[]) {
  return await readLog(
    (async function* () {
      yield Buffer.from(`${lines.join('\n')}\n`)
    })(),
  )
}

const shown = (...ranges: readonly (readonly [number, number])[]) =>
  ranges.map(([start, end]) => ({ start, end, score: 0.5, why: 'it looks so', text: [] }))

it('a log that says nothing but what the passing one says, and that it failed, is better read alone', async () => {
  expect(saysNews(await read('unpacking 7 crates', 'Error: read ECONNRESET', '', exit), green)).toBe(false)
  expect(saysNews(await read('unpacking 7 crates', 'no shelf is free', exit), green)).toBe(true)
  expect(saysNews(await read(), green)).toBe(false)
})

it('names the lines that are new, in the order shown, and what they are new against', async () => {
  const reading = await read(
    'unpacking 7 crates',
    'no shelf is free',
    'the floor is wet',
    'done',
    'left',
    'done',
    'right',
  )
  const against = { passed: green, passedIn: 'the log of run 41' }
  expect(sayNewLines(reading, shown([1, 2]), against)).toEqual(['line 2 is new: the log of run 41 has none like it'])
  expect(sayNewLines(reading, shown([7, 7], [1, 5]), against)).toEqual([
    'lines 7, 2–3, 5 are new: the log of run 41 has none like them',
  ])
  expect(sayNewLines(reading, shown([1, 1]), { passed: green })).toEqual([
    'the passing log has lines like those that are shown, too',
  ])
  expect(sayNewLines(reading, shown([1, 2]), {})).toEqual([])
})

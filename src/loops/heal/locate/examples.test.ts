import { expect, it } from 'vitest'
import { readLog } from '../logs/read-log.ts'
import { lessonColumns, lessonFeatures, lessonOf } from './examples.ts'
import { type LogLines, logLines } from './log-lines.ts'
import { passingColumns, passingFeatures } from './passing.ts'

async function read(...lines: readonly string[]): Promise<LogLines> {
  async function* bytes() {
    yield Buffer.from(`${lines.join('\n')}\n`)
  }
  return logLines(await readLog(bytes()))
}
const column = (names: readonly string[], columns: readonly Float32Array[], name: string): readonly number[] => [
  ...(columns[names.indexOf(name)] ?? []),
]

it('an earlier marked log teaches how the part begins and what stands before it', async () => {
  const earlier = await read('start', 'Issues :-(', '> Links', '1. [L12] 404 https://example.com/a', 'end')
  const lesson = lessonOf([{ lines: earlier, spans: [{ start: 3, end: 4 }] }])
  const later = await read('start', 'more', 'Issues :-(', '> Links', '1. [L90] 404 https://example.com/b', 'end')
  const columns = lessonFeatures(later, lesson)
  const begins = column(lessonColumns, columns, 'begins-like')
  expect(begins.indexOf(Math.max(...begins))).toBe(3)
  expect(column(lessonColumns, columns, 'seen-outside')).toEqual([1, 0, 1, 0, 0, 1])
})

it('without a marked span there is no lesson', async () => {
  const lines = await read('one', 'two')
  expect(lessonOf([{ lines, spans: [] }])).toBeUndefined()
  expect(lessonFeatures(lines, undefined).every((values) => values.every((value) => value === -1))).toBe(true)
})

it('what the passing log lacks is new, whatever its numbers', async () => {
  const passed = await read('took 12 s', 'all 40 passed')
  const failed = await read('took 99 s', 'boom', 'boom again', 'all 39 passed')
  expect(column(passingColumns, passingFeatures(failed, passed), 'unseen')).toEqual([0, 1, 1, 0])
})

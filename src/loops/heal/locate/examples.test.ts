import { expect, it } from 'vitest'
import { readLog } from '../logs/read-log.ts'
import { type Columns, rowsOf } from './columns.ts'
import { lessonColumns, lessonOf } from './examples.ts'
import { columnNames, columnsOf, type Known } from './features.ts'
import { type LogLines, logLines } from './log-lines.ts'
import { passingColumns } from './passing.ts'

async function read(...lines: readonly string[]): Promise<LogLines> {
  async function* bytes() {
    yield Buffer.from(`${lines.join('\n')}\n`)
  }
  return logLines(await readLog(bytes()))
}
const columnsBeside = (lines: LogLines, known: Known): Columns =>
  columnsOf(lines, new Float32Array(lines.texts.length), known)
function column(columns: Columns, name: string): readonly number[] {
  const rows = Array.from({ length: columns.rows }, (_, row) => row)
  return rows.map((row) => rowsOf(columns, [row])[columnNames.indexOf(name)] ?? Number.NaN)
}

it('an earlier marked log teaches how the part begins and what stands before it', async () => {
  const earlier = await read('start', 'Issues :-(', '> Links', '1. [L12] 404 https://example.com/a', 'end')
  const lesson = lessonOf([{ lines: earlier, spans: [{ start: 3, end: 4 }] }])
  const later = await read('start', 'more', 'Issues :-(', '> Links', '1. [L90] 404 https://example.com/b', 'end')
  const columns = columnsBeside(later, { lesson })
  const begins = column(columns, 'begins-like')
  expect(begins.indexOf(Math.max(...begins))).toBe(3)
  expect(column(columns, 'seen-outside')).toEqual([1, 0, 1, 0, 0, 1])
})

it('without a marked span there is no lesson', async () => {
  const lines = await read('one', 'two')
  expect(lessonOf([{ lines, spans: [] }])).toBeUndefined()
  const columns = columnsBeside(lines, {})
  for (const name of [...lessonColumns, ...passingColumns]) expect(column(columns, name)).toEqual([-1, -1])
})

it('what the passing log lacks is new, whatever its numbers', async () => {
  const passed = await read('took 12 s', 'all 40 passed')
  const failed = await read('took 99 s', 'boom', 'boom again', 'all 39 passed')
  expect(column(columnsBeside(failed, { passed }), 'unseen')).toEqual([0, 1, 1, 0])
})

it('what stands beyond the first and the last line is no neighbour', async () => {
  const columns = columnsBeside(await read('one', '  two', 'three'), {})
  expect(column(columns, 'blank@-1')).toEqual([1, 0, 0])
  expect(column(columns, 'cue@1')).toEqual([0, 0, -1])
  expect(column(columns, 'indent@1')).toEqual([2, -2, -1])
})

import { add, count, createNames, emptyTally, seconds } from '../tally.ts'
import type { Tool } from '../tool.ts'

const head = /^Test Summary: {0,400}\|(.{1,200})$/
const row = /^\S.{0,400}\|(.{1,200})$/
const failed = /^(\S.{0,600}?): (?:Test Failed|Error During Test) at /
const columns = new Map([
  ['Pass', 'passed'],
  ['Fail', 'failed'],
  ['Error', 'errors'],
  ['Broken', 'broken'],
  ['Total', 'run'],
  ['Time', 'time'],
])

/**
 * Julia's Test: a table whose first row is the whole. A column stands where any set has a count for it, a cell is empty
 * where it is none, and ends where its column's name ends.
 *
 *     adds: Test Failed at /shop/test/runtests.jl:3
 *     Test Summary: | Pass  Fail  Error  Broken  Total  Time
 *     Cart          |    2     1      1       1      5  0.1s
 */
export const julia: Tool = {
  name: 'julia',
  family: 'other',
  literals: ['Test Summary:', ': Test Failed at ', ': Error During Test at '],
  read() {
    let ends: readonly (readonly [number, string])[] | undefined
    let ran = false
    const tally = emptyTally()
    const failing = createNames()

    function seeWhole(cells: string, at: typeof ends = []): void {
      const told: Record<string, string> = {}
      for (const { 0: cell, index } of cells.matchAll(/\S+/g)) {
        const column = at.find(([end]) => end === index + cell.length)?.[1]
        if (column !== undefined) told[column] = cell
      }
      if (told.run === undefined) return
      ran = true
      add(tally, {
        run: count(told.run),
        failed: count(told.failed) + count(told.errors),
        errored: count(told.errors),
        expectedFailures: count(told.broken),
        seconds: timeOf(told.time),
      })
    }

    return {
      see(line) {
        if (ends !== undefined) {
          const cells = row.exec(line)?.[1]
          if (cells !== undefined) seeWhole(cells, ends)
          ends = undefined
          return
        }
        const names = head.exec(line)?.[1]
        if (names !== undefined) ends = columnEnds(names)
        else failing.add(failed.exec(line)?.[1] ?? '')
      },
      follows: () => ends !== undefined,
      end() {
        if (!ran && failing.size === 0) return undefined
        const names = failing.list()
        return ran
          ? { tally, failing: names }
          : { tally: { ...tally, run: names.length, failed: names.length }, failing: names, onlyFailures: true }
      },
    }
  },
}

function columnEnds(names: string): readonly (readonly [number, string])[] {
  return [...names.matchAll(/\S+/g)].flatMap(({ 0: name, index }) => {
    const column = columns.get(name)
    return column === undefined ? [] : [[index + name.length, column] as const]
  })
}

/** `0.4s`, `1m02.5s` */
function timeOf(text: string | undefined): number {
  const [, minutes, rest] = /^(?:(\d{1,6})m)?([\d.]{1,12})s$/.exec(text ?? '') ?? []
  return count(minutes) * 60 + seconds(rest)
}

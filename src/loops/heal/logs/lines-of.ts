import type { LogReading } from './reading.ts'

/** Looks a line up among the kept ones; undefined for a line that was not kept. */
export function lineReader({ kept }: Pick<LogReading, 'kept'>): (line: number) => string | undefined {
  return (line) => {
    let low = 0
    let high = kept.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const range = kept[middle]
      if (range === undefined) return undefined
      if (line < range.start) high = middle - 1
      else if (line >= range.start + range.text.length) low = middle + 1
      else return range.text[line - range.start]
    }
    return undefined
  }
}

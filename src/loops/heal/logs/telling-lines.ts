import type { LineRange } from './line-range.ts'
import type { Hit } from './reading.ts'

/** Logs up to this long are looked at line by line. */
export const shortLog = 1_500
const aroundHit = 40
const aroundRed = 10
const beforeExit = 300

export interface Trouble {
  readonly lines: number
  readonly hits: readonly Pick<Hit, 'line'>[]
  readonly red?: ReadonlySet<number> | undefined
  /** The line on which what failed says so. */
  readonly exit: number | undefined
}

/** Where a failure may stand in a long log: near what a pattern or a colour marks, or near the end of what failed. */
export function tellingLines({ lines, hits, red, exit }: Trouble): readonly LineRange[] {
  if (lines <= shortLog) return [{ start: 1, end: lines }]
  const around = (line: number, before: number, after: number): LineRange => ({
    start: Math.max(1, line - before),
    end: Math.min(lines, line + after),
  })
  return [
    ...hits.map(({ line }) => around(line, aroundHit, aroundHit)),
    ...[...(red ?? [])].map((line) => around(line, aroundRed, aroundRed)),
    around(exit ?? lines, beforeExit, aroundHit),
    around(lines, beforeExit, 0),
  ]
}

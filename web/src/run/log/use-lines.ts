import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { LogView } from '../../../../src/contract/views.ts'
import { logRange } from '../../api/queries.ts'

/** Lines are fetched in ranges of this many, each kept once it is here. */
const rangeLines = 400
/** Whoever goes through the whole log takes the most that the gateway gives at once, and keeps none of it. */
const scannedLines = 5_000

const rangeOf = (line: number) => Math.floor((line - 1) / rangeLines)
const startOf = (range: number) => range * rangeLines + 1

export interface Lines {
  /** The text of a line, or null while it is on its way. */
  readonly at: (line: number) => string | null
  /** The text of a range of lines, fetched if need be. */
  readonly fetch: (from: number) => Promise<LogView>
}

/** Gives the lines of a log between two bounds, fetching no more than the ranges they lie in. */
export function useLines(runId: string, jobId: string, head: LogView, first: number, last: number): Lines {
  const queries = useQueryClient()
  const ranges: number[] = []
  for (let range = rangeOf(Math.max(1, first)); range <= rangeOf(Math.max(1, last)); range++) ranges.push(range)
  const views = useQueries({
    queries: ranges.map((range) => ({
      ...logRange(runId, jobId, startOf(range), rangeLines),
      // A whole range does not change any more; the last one grows while the job runs.
      staleTime: head.total >= startOf(range + 1) ? Number.POSITIVE_INFINITY : 0,
      enabled: !covers(head, startOf(range), Math.min(head.total, startOf(range + 1) - 1)),
    })),
  })
  const at = (line: number) => {
    const held = [head, ...views.map(({ data }) => data)].find((view) => view && covers(view, line, line))
    return held?.lines[line - held.from] ?? null
  }
  const fetch = useCallback(
    (from: number) => queries.fetchQuery({ ...logRange(runId, jobId, from, scannedLines), gcTime: 1_000 }),
    [queries, runId, jobId],
  )
  return { at, fetch }
}

function covers(view: LogView, first: number, last: number): boolean {
  return view.from <= first && last < view.from + view.lines.length
}

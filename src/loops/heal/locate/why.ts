import type { LineRange } from '../logs/line-range.ts'
import type { LogReading } from '../logs/reading.ts'
import { patternById } from '../patterns/library.ts'

/** Why a range is shown, in words for people: what the clearest pattern in it says, else how it was found. */
export function whyOf(
  { start, end }: LineRange,
  { hits }: Pick<LogReading, 'hits'>,
  found: { readonly likeEarlier: boolean; readonly isNew: boolean; readonly exit: number | undefined },
): string {
  const said = hits
    .filter(({ line }) => line >= start && line <= end)
    .map(({ pattern }) => patternById(pattern))
    .filter((pattern) => pattern !== undefined && (pattern.role === 'cause' || pattern.role === 'hint'))
    .toSorted((a, b) => (b?.weight ?? 0) - (a?.weight ?? 0))[0]
  if (said?.role === 'cause' && said.says !== undefined) return said.says
  if (found.likeEarlier) return 'like the failing part of an earlier log'
  if (found.isNew) return 'lines that the passing log does not have'
  if (said?.says !== undefined) return said.says
  if (found.exit !== undefined && end < found.exit && found.exit - end <= lastWords)
    return 'what the failed command said last'
  return 'reads like the failing part of a log'
}

const lastWords = 4

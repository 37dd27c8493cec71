import { plainText } from '../../../base/text.ts'
import type { Excerpt } from '../../../model/diagnosis.ts'
import { lineReader } from '../logs/lines-of.ts'
import type { LogReading } from '../logs/reading.ts'

const before = 2
const after = 4
const mostLines = 60
/** Shown first, for it is what people look for; what the lines themselves say of the failure follows. */
const score = 0.95

/** The excerpts, and before them the line of the first signature that hit, when it is not shown yet and was kept. */
export function withSignatures(excerpts: readonly Excerpt[], reading: LogReading): readonly Excerpt[] {
  const hit = reading.signatures?.[0]
  if (hit === undefined) return excerpts
  const lineAt = lineReader(reading)
  const isFree = (line: number): boolean =>
    lineAt(line) !== undefined && !excerpts.some(({ start, end }) => start <= line && line <= end)
  if (!isFree(hit.line)) return excerpts
  let [start, end] = [hit.line, hit.line]
  while (start > hit.line - before && isFree(start - 1)) start -= 1
  while (end < hit.line + after && isFree(end + 1)) end += 1
  const text = Array.from({ length: end - start + 1 }, (_, index) => plainText(lineAt(start + index) ?? ''))
  return [
    { start, end, score, why: `signature ${hit.id} hits here`, text },
    ...fitting(excerpts, mostLines - text.length),
  ]
}

/** Those that fit; one that is too long does not keep shorter ones out. */
function fitting(excerpts: readonly Excerpt[], lines: number): readonly Excerpt[] {
  let left = lines
  return excerpts.filter(({ start, end }) => {
    const length = end - start + 1
    if (length > left) return false
    left -= length
    return true
  })
}

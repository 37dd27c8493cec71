import { cleanLine } from './clean-line.ts'
import type { LineRange } from './line-range.ts'
import type { ErrorLine, KeptLines } from './reading.ts'
import { redactLines } from './redact.ts'

/** More of a line is never shown. */
const maxLength = 2_000
/** What stands between two ranges is kept, too, when an excerpt could reach over it. */
const bridged = 60

export interface LineSource {
  /** The raw line, if it is still there. */
  line(number: number): string | undefined
  /** May it hold a secret? */
  suspected(number: number): boolean
  /** Lines that tell which values are to be masked, wherever they stand. */
  readonly masks: readonly string[]
}

/** The lines of the ranges that are still there, clean and without secrets; of `own` the text is known. */
export function keptLines(
  ranges: readonly LineRange[],
  own: readonly ErrorLine[],
  { line, suspected, masks }: LineSource,
): readonly KeptLines[] {
  const known = new Map(own.map(({ line: number, text }) => [number, text]))
  const wanted = joined([...ranges, ...own.map(({ line: number }) => ({ start: number, end: number }))])
  return wanted.flatMap(({ start, end }) => {
    const parts: Part[] = []
    let part: Part | undefined
    for (let number = start; number <= end; number += 1) {
      const raw = line(number) ?? known.get(number)
      if (raw === undefined) continue
      if (part === undefined || part.start + part.text.length !== number) {
        part = { start: number, text: [], suspects: [] }
        parts.push(part)
      }
      const { text, isPieced } = cleanLine(raw)
      part.text.push(text.length > maxLength ? text.slice(0, maxLength) : text)
      // Signs taken out of the middle can bring together what nobody saw in the log.
      part.suspects.push(isPieced === true || suspected(number))
    }
    return parts.map(({ start: first, text, suspects }) => ({
      start: first,
      text: redactLines(text, { suspected: (index) => suspects[index] === true, masks }),
    }))
  })
}

interface Part {
  readonly start: number
  readonly text: string[]
  readonly suspects: boolean[]
}

function joined(ranges: readonly LineRange[]): readonly LineRange[] {
  const out: { start: number; end: number }[] = []
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1)
    if (last !== undefined && start <= last.end + bridged) last.end = Math.max(last.end, end)
    else out.push({ start, end })
  }
  return out
}

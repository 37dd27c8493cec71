import { cleanLine } from './clean-line.ts'
import type { LineRange } from './line-range.ts'
import type { ErrorLine, KeptLines } from './reading.ts'
import { redactLines } from './redact.ts'

/** More of a line is never shown. */
const maxLength = 2_000

export interface LineSource {
  /** The raw line, if it is still there. */
  line(number: number): string | undefined
  /** May it hold a secret? */
  suspected(number: number): boolean
}

/** The lines of the ranges that are still there, clean and without secrets; of `own` the text is known. */
export function keptLines(
  ranges: readonly LineRange[],
  own: readonly ErrorLine[],
  { line, suspected }: LineSource,
): readonly KeptLines[] {
  const known = new Map(own.map(({ line: number, text }) => [number, text]))
  const wanted = joined([...ranges, ...own.map(({ line: number }) => ({ start: number, end: number }))])
  return wanted.flatMap(({ start, end }) => {
    const parts: Part[] = []
    for (let number = start; number <= end; number += 1) {
      const raw = line(number) ?? known.get(number)
      const part = parts.at(-1)
      if (raw === undefined) continue
      if (part !== undefined && part.start + part.text.length === number) add(part, raw, suspected(number))
      else parts.push(add({ start: number, text: [], suspects: [] }, raw, suspected(number)))
    }
    return parts.map(({ start: first, text, suspects }) => ({
      start: first,
      text: redactLines(text, (index) => suspects[index] === true),
    }))
  })
}

interface Part {
  readonly start: number
  readonly text: string[]
  readonly suspects: boolean[]
}

function add(part: Part, raw: string, suspected: boolean): Part {
  const { text, isPieced } = cleanLine(raw)
  // Signs taken out of the middle can bring together what nobody saw in the log.
  part.suspects.push(suspected || isPieced === true)
  part.text.push(text.slice(0, maxLength))
  return part
}

function joined(ranges: readonly LineRange[]): readonly LineRange[] {
  const out: { start: number; end: number }[] = []
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1)
    if (last !== undefined && start <= last.end + 1) last.end = Math.max(last.end, end)
    else out.push({ start, end })
  }
  return out
}

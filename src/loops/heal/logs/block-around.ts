import type { Pattern } from '../patterns/pattern.ts'

export interface LineRange {
  readonly start: number
  readonly end: number
}

const maxBelow = 40

/** Frames of stack traces, quoted source, carets and other lines that only continue the one above them. */
const continuation =
  /^(?:\s+at |\tat |\s*Caused by: |\s*\.\.\. \d{1,4} more|\s*File ".{1,300}", line \d|\s+from |\s*#\d{1,4}\s|\s*\d{0,6}\s?\||\s*[~^]{1,200}\s*$|\s*-->|\s+= (?:note|help)|E\s{2,}|>\s{2,}|\s*note: |\s*help: |[-+](?![-+\s]{3})\S|\s*\[ERROR\]\s{2,}|\s*\[ERROR\] (?:->|\[Help|To see|Re-run|For more))/

/** The lines that belong to a hit: what its pattern asks for, else the stack trace or indented block below it. */
export function blockAround(
  line: number,
  pattern: Pattern,
  lineAt: (line: number) => string | undefined,
  last: number,
): LineRange {
  const start = Math.max(1, line - (pattern.span?.before ?? 0))
  const limit = Math.min(last, line + (pattern.span?.after ?? maxBelow))
  const indent = indentOf(lineAt(line) ?? '')
  let end = line
  let blanks = 0
  for (let next = line + 1; next <= limit; next += 1) {
    const text = lineAt(next)
    if (text === undefined) break
    if (pattern.span?.until?.test(text) === true) break
    if (pattern.span?.through?.test(text) === true) return { start, end: next }
    if (pattern.span?.after !== undefined) {
      end = next
      continue
    }
    if (text.trim() === '') {
      // One blank line inside an indented block is part of it; two end it.
      blanks += 1
      if (blanks > 1) break
      continue
    }
    if (!(continuation.test(text) || indentOf(text) > indent)) break
    blanks = 0
    end = next
  }
  return { start, end: lastWithWords(end, line, lineAt) }
}

function lastWithWords(end: number, from: number, lineAt: (line: number) => string | undefined): number {
  let last = end
  while (last > from && (lineAt(last) ?? '').trim() === '') last -= 1
  return last
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length
}

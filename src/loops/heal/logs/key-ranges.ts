import { keyBegin, keyEnd, keyMarks, longestKey } from './private-keys.ts'

/** Where private keys stand, so that no line out of the middle of one is kept. */
export function createKeyRanges() {
  const ranges: { readonly start: number; end: number }[] = []
  let open = false
  return {
    see(line: number, raw: string): void {
      if (!keyMarks.some((mark) => raw.includes(mark))) return
      const begin = raw.search(keyBegin)
      const end = raw.search(keyEnd)
      const last = ranges.at(-1)
      if (end !== -1 && open && last !== undefined && line <= last.end) last.end = line
      open = begin > end
      if (begin !== -1) ranges.push({ start: line, end: open ? line + longestKey : line })
    },
    /** Is this line inside a key, or does it begin one? */
    holds(line: number): boolean {
      return ranges.some(({ start, end }) => start <= line && line <= end)
    },
  }
}

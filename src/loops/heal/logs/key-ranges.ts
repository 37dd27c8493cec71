/** Longest private key that is masked when its end never comes. */
const longestKey = 150

/** Where private keys stand, so that no line out of the middle of one is kept. */
export function createKeyRanges() {
  const ranges: { readonly start: number; end: number }[] = []
  let open = false
  return {
    see(line: number, raw: string): void {
      const begin = raw.lastIndexOf('-----BEGIN ')
      const end = raw.lastIndexOf('-----END ')
      if (!raw.includes('PRIVATE KEY')) return
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

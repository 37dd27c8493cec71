const esc = 0x1b
const newline = 10
/** A colour that nobody switches off does not make the rest of the log an error. */
const longest = 80

/**
 * Remembers which lines are written in red, the colour in which most programs complain. Give it every block, its codes
 * still in it, in order; it looks only until it has seen `maxBytes`.
 */
export function createRedLines(maxBytes: number) {
  const red = new Set<number>()
  let seen = 0
  let since: number | undefined

  return {
    see(bytes: Buffer, firstLine: number): void {
      seen += bytes.length
      if (seen > maxBytes) return
      let line = firstLine
      let from = 0
      for (let at = bytes.indexOf(esc); at !== -1; at = bytes.indexOf(esc, at + 1)) {
        for (let end = bytes.indexOf(newline, from); end !== -1 && end < at; end = bytes.indexOf(newline, from)) {
          line += 1
          from = end + 1
          if (since !== undefined && line - since < longest) red.add(line)
        }
        const colour = colourAt(bytes, at)
        if (colour === 'red') {
          since = line
          red.add(line)
        } else if (colour === 'other') since = undefined
      }
      // Between the last code and the next block nobody wrote in red for long.
      since = undefined
    },
    lines(): ReadonlySet<number> {
      return red
    },
  }
}

/** What the code at `at` does to the colour of the letters; `undefined` when nothing. */
function colourAt(bytes: Buffer, at: number): 'red' | 'other' | undefined {
  if (bytes[at + 1] !== 0x5b) return undefined
  let value = 0
  let red = false
  let other = false
  for (let index = at + 2; index < at + 24; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte >= 0x30 && byte <= 0x39) value = value * 10 + byte - 0x30
    else if (byte === 0x3b || byte === 0x6d) {
      if (value === 31 || value === 91 || value === 41 || value === 101) red = true
      else if (value === 0 || value === 39 || (value >= 30 && value <= 37) || (value >= 90 && value <= 97)) other = true
      value = 0
      if (byte === 0x6d) return red ? 'red' : other ? 'other' : undefined
    } else return undefined
  }
  return undefined
}

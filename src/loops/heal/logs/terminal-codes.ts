const esc = 0x1b
const newline = 10
/** Jenkins hides base64 notes between these two. */
const noteBegin = Buffer.from('\x1b[8mha:')
const noteEnd = Buffer.from('\x1b[0m')

/** Bytes without terminal codes, moved together in place. A code never reaches beyond its line. One pass. */
export function withoutTerminalCodes(bytes: Buffer): Buffer {
  let at = bytes.indexOf(esc)
  if (at === -1) return bytes
  let size = 0
  let from = 0
  while (at !== -1) {
    bytes.copyWithin(size, from, at)
    size += at - from
    from = endOfCode(bytes, at)
    at = bytes.indexOf(esc, from)
  }
  bytes.copyWithin(size, from)
  return bytes.subarray(0, size + bytes.length - from)
}

/** Where the code that starts at `at` ends. */
function endOfCode(bytes: Buffer, at: number): number {
  const kind = bytes[at + 1]
  if (kind === 0x5b) {
    if (bytes[at + 2] === 0x38 && bytes.subarray(at, at + noteBegin.length).equals(noteBegin))
      return endOfNote(bytes, at)
    let end = at + 2
    while (isIn(bytes[end], 0x30, 0x3f)) end += 1
    while (isIn(bytes[end], 0x20, 0x2f)) end += 1
    return isIn(bytes[end], 0x40, 0x7e) ? end + 1 : end
  }
  // OSC, DCS, PM, APC, SOS: a string up to BEL or ESC \, never over the line's end.
  if (kind === 0x5d || kind === 0x50 || kind === 0x5e || kind === 0x5f || kind === 0x58) {
    let end = at + 2
    while (end < bytes.length && bytes[end] !== newline && bytes[end] !== 0x07 && bytes[end] !== esc) end += 1
    if (bytes[end] === 0x07) return end + 1
    return bytes[end] === esc && bytes[end + 1] === 0x5c ? end + 2 : end
  }
  let end = at + 1
  while (isIn(bytes[end], 0x20, 0x2f)) end += 1
  return isIn(bytes[end], 0x30, 0x7e) ? end + 1 : end
}

function endOfNote(bytes: Buffer, at: number): number {
  const lineEnd = bytes.indexOf(newline, at)
  const end = bytes.indexOf(noteEnd, at)
  if (end === -1 || (lineEnd !== -1 && end > lineEnd)) return lineEnd === -1 ? bytes.length : lineEnd
  return end + noteEnd.length
}

function isIn(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high
}

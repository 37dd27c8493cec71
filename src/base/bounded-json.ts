import { isAscii } from 'node:buffer'

export interface JsonBounds {
  readonly maxBytes: number
  readonly maxDepth: number
}

export type BoundedJson =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'bad'; readonly sentence: string }

/**
 * Parse JSON from outside. Size and depth are checked by one linear scan before the parser sees a byte: a parser that
 * recurses over 10,000 levels, or a schema that walks them, would end the process. Never throws.
 */
export function parseBoundedJson(bytes: Uint8Array, bounds: JsonBounds): BoundedJson {
  if (bytes.byteLength > bounds.maxBytes)
    return bad(`the body has ${bytes.byteLength} bytes; at most ${bounds.maxBytes} are read`)
  // One character a byte, whatever they mean: enough to find brackets, and of ASCII already the text itself.
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (deeperThan(bytes, latin, bounds.maxDepth)) return bad(`the JSON is nested deeper than ${bounds.maxDepth} levels`)
  try {
    const text = isAscii(bytes) ? latin : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { kind: 'value', value: JSON.parse(text) }
  } catch (error) {
    return bad(
      error instanceof SyntaxError
        ? 'the body is not JSON: cut short, or not sent as application/json'
        : 'the body is not UTF-8 text',
    )
  }
}

const backslash = 0x5c
/** How each byte changes the depth: `[` and `{` by one, `]` and `}` by minus one; a quote is marked by two. */
const change = new Int8Array(256)
change[0x5b] = change[0x7b] = 1
change[0x5d] = change[0x7d] = -1
change[0x22] = 2

/**
 * Counts brackets outside of strings; ASCII bytes never occur inside a multi-byte UTF-8 character. Every webhook passes
 * through here, and most of it is strings: to jump from quote to quote takes a quarter of the time that a look at every
 * byte takes.
 */
function deeperThan(bytes: Uint8Array, latin: string, maxDepth: number): boolean {
  const end = bytes.length
  let depth = 0
  for (let index = 0; index < end; index++) {
    const by = change[bytes[index] as number] as number
    if (by === 0) continue
    if (by === 2) {
      index = endOfString(bytes, latin, index)
      if (index < 0) return false
      continue
    }
    depth += by
    if (depth > maxDepth) return true
  }
  return false
}

/** Where the string that begins here has its closing quote; -1 when it has none. */
function endOfString(bytes: Uint8Array, latin: string, begin: number): number {
  for (let end = latin.indexOf('"', begin + 1); end >= 0; end = latin.indexOf('"', end + 1)) {
    // An odd number of backslashes before it, and the quote belongs to the text.
    let before = end
    while (bytes[before - 1] === backslash) before--
    if ((end - before) % 2 === 0) return end
  }
  return -1
}

function bad(sentence: string): BoundedJson {
  return { kind: 'bad', sentence }
}

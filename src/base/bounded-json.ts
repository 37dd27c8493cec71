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
  if (deeperThan(bytes, bounds.maxDepth)) return bad(`the JSON is nested deeper than ${bounds.maxDepth} levels`)
  try {
    return { kind: 'value', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch (error) {
    return bad(
      error instanceof SyntaxError
        ? 'the body is not JSON: cut short, or not sent as application/json'
        : 'the body is not UTF-8 text',
    )
  }
}

const quote = 0x22
const backslash = 0x5c
/** How each byte changes the depth: `[` and `{` by one, `]` and `}` by minus one; a quote is marked by two. */
const change = new Int8Array(256)
change[0x5b] = change[0x7b] = 1
change[0x5d] = change[0x7d] = -1
change[quote] = 2

/**
 * Counts brackets outside of strings; ASCII bytes never occur inside a multi-byte UTF-8 character. Every webhook passes
 * through here: a table and two plain loops take half the time that tests of every byte take.
 */
function deeperThan(bytes: Uint8Array, maxDepth: number): boolean {
  const end = bytes.length
  let depth = 0
  for (let index = 0; index < end; index++) {
    const by = change[bytes[index] as number] as number
    if (by === 0) continue
    if (by === 2) {
      for (index++; index < end && bytes[index] !== quote; index++) if (bytes[index] === backslash) index++
      continue
    }
    depth += by
    if (depth > maxDepth) return true
  }
  return false
}

function bad(sentence: string): BoundedJson {
  return { kind: 'bad', sentence }
}

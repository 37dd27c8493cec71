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
/** `[` and `{`, `]` and `}` differ in this bit alone. */
const caseBit = 0x20
const opening = 0x5b | caseBit
const closing = 0x5d | caseBit

/** Counts brackets outside of strings; ASCII bytes never occur inside a multi-byte UTF-8 character. */
function deeperThan(bytes: Uint8Array, maxDepth: number): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    if (inString) {
      if (byte === backslash) index += 1
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    else if ((byte | caseBit) === opening) {
      depth += 1
      if (depth > maxDepth) return true
    } else if ((byte | caseBit) === closing) depth -= 1
  }
  return false
}

function bad(sentence: string): BoundedJson {
  return { kind: 'bad', sentence }
}

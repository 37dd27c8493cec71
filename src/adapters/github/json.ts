import { parseBoundedJson } from '../../base/bounded-json.ts'

/** The body of an answer of the API; undefined if it is not JSON. */
export function jsonOf(body: Uint8Array): unknown {
  const json = parseBoundedJson(body, { maxBytes: body.byteLength, maxDepth: 64 })
  return json.kind === 'value' ? json.value : undefined
}

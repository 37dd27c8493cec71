import { randomBytes } from 'node:crypto'

declare const brand: unique symbol

/** A string that only its own parser or maker may produce: a `RunId` is not a `JobId`. */
export type Id<Name extends string> = string & { readonly [brand]: Name }

let lastMs = 0
let counter = 0

/**
 * A UUIDv7 (RFC 9562, section 5.7): sorts by the time it was made, also within one millisecond of one process
 * (12 bits of counter, method 1 of section 6.2).
 */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = randomBytes(2).readUInt16BE() & 0x7ff
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  const bytes = randomBytes(16)
  bytes.writeUIntBE(lastMs, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

import { z } from 'zod'
import type { Trees } from './trees.ts'

/** Trees as they lie in a file. */
export const PackedTrees = z.object({
  base: z.number(),
  roots: z.array(z.int().nonnegative()),
  /** Little-endian numbers in base64: 16 bits, 32 bits of a float, 16 bits counted from the node itself. */
  columns: z.base64(),
  thresholds: z.base64(),
  left: z.base64(),
})
export type PackedTrees = z.infer<typeof PackedTrees>

export function packTrees({ base, roots, column, threshold, left }: Trees): PackedTrees {
  const near = Uint16Array.from(left, (child, node) => (column[node] === -1 ? 0 : child - node))
  return {
    base,
    roots: [...roots],
    columns: base64Of(column),
    thresholds: base64Of(threshold),
    left: base64Of(near),
  }
}

export function unpackTrees({ base, roots, columns, thresholds, left }: PackedTrees): Trees {
  const near = new Uint16Array(bytesOf(left))
  return {
    base,
    roots: Int32Array.from(roots),
    column: new Int16Array(bytesOf(columns)),
    threshold: new Float32Array(bytesOf(thresholds)),
    left: Int32Array.from(near, (distance, node) => (distance === 0 ? 0 : node + distance)),
  }
}

export function base64Of(values: Int16Array | Uint16Array | Float32Array | Int8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')
}

export function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(base64, 'base64')).buffer
}

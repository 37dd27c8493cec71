/** The memory under bytes as words of four of them; made once for each piece of memory. */
export function wordsOf({ buffer }: Uint8Array): Int32Array {
  const known = views.get(buffer)
  if (known !== undefined) return known
  const view = new Int32Array(buffer, 0, Math.floor(buffer.byteLength / Int32Array.BYTES_PER_ELEMENT))
  views.set(buffer, view)
  return view
}

const views = new WeakMap<ArrayBufferLike, Int32Array>()

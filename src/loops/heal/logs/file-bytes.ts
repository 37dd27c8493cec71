import { open } from 'node:fs/promises'

const chunkBytes = 256 * 1024

/**
 * The bytes of a file, read into the same memory again and again: a stream of the runtime makes new memory for every
 * chunk, and the collector falls some hundred megabytes behind. Each chunk is good until the next one is asked for.
 */
export async function* fileBytes(path: string): AsyncIterable<Uint8Array> {
  const file = await open(path)
  try {
    const memory = Buffer.allocUnsafe(chunkBytes)
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, chunkBytes, null)
      if (bytesRead === 0) return
      yield memory.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

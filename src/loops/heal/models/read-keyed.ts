import { createHash } from 'node:crypto'
import { readLog } from '../logs/read-log.ts'
import type { LogReading } from '../logs/reading.ts'

/** Reads a log and the hash by which it is known again, whatever it is called. */
export async function readKeyed(
  bytes: AsyncIterable<Uint8Array | string>,
): Promise<{ readonly reading: LogReading; readonly key: string }> {
  const hash = createHash('sha256')
  async function* passing(): AsyncIterable<Uint8Array> {
    for await (const chunk of bytes) {
      hash.update(chunk)
      yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    }
  }
  const reading = await readLog(passing())
  return { reading, key: hash.digest('hex').slice(0, 12) }
}

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { readArchive } from './archive.ts'
import type { ArchiveFile } from './archive-plan.ts'
import type { ReadingProblem } from './reading.ts'
import { isStepOutput, stepOutput } from './step-output.ts'

/** The log's own bytes, whatever they came wrapped in, and what was wrong with them once they are read. */
export interface Unpacked {
  readonly chunks: AsyncIterable<Uint8Array>
  problem(): ReadingProblem | undefined
}

/** A log this much larger than its archive is an attack, unless it is small. */
const maxRatio = 250
const harmlessBytes = 256 * 1024 * 1024
export const maxUnpackedBytes = 8 * 1024 * 1024 * 1024

/**
 * Tells gzip, zip, UTF-16, step output in JSON and plain text apart by their first bytes and hands on plain bytes.
 * `onFile` hears of a file of an archive before its first byte.
 */
export function unpack(
  bytes: AsyncIterable<Uint8Array>,
  onFile: (file: ArchiveFile) => void = () => undefined,
): Unpacked {
  let problem: ReadingProblem | undefined
  const report = (found: ReadingProblem): void => {
    problem ??= found
  }
  return { chunks: chunksOf(bytes, report, onFile), problem: () => problem }
}

type Report = (problem: ReadingProblem) => void

async function* chunksOf(
  bytes: AsyncIterable<Uint8Array>,
  report: Report,
  onFile: (file: ArchiveFile) => void,
): AsyncIterable<Uint8Array> {
  const { head, all } = await peek(bytes)
  if (head.length === 0)
    return report({ code: 'empty', sentence: 'The log is empty: the job ended before it wrote a line.' })
  if (head[0] === 0x1f && head[1] === 0x8b) return yield* gunzip(all, report)
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] ?? 0) <= 0x07) return yield* readArchive(all, report, onFile)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    return yield* fromUtf16(all, head[0] === 0xff)
  if (looksBinary(head))
    return report({
      code: 'binary',
      sentence:
        'The file is not a log: its first bytes are binary and neither gzip nor zip. Give the text log of the job.',
    })
  yield* isStepOutput(head) ? stepOutput(all) : all
}

const headBytes = 4_096

/** The first bytes, at least 4 KB of them if there are so many, and the whole stream again. */
async function peek(bytes: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  while (size < headBytes) {
    const next = await iterator.next()
    if (next.done === true) break
    size += next.value.length
    // Kept while the next one is asked for, which may come in the same memory.
    first.push(size < headBytes ? Buffer.from(next.value) : next.value)
  }
  async function* all(): AsyncIterable<Uint8Array> {
    try {
      yield* first
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { head: first.length === 1 && first[0] !== undefined ? first[0] : Buffer.concat(first), all: all() }
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>, report: Report): AsyncIterable<Uint8Array> {
  let packed = 0
  let unpacked = 0
  const counted = async function* (): AsyncIterable<Uint8Array> {
    for await (const chunk of bytes) {
      packed += chunk.length
      // The stream below holds chunks while more are read, and a chunk may lie in memory that is read into again.
      yield Buffer.from(chunk)
    }
  }
  const gunzipped = createGunzip({ chunkSize: 256 * 1024 })
  // Failures of the source stay failures; failures of the format are answers.
  let sourceError: unknown
  const feeding = pipeline(Readable.from(counted()), gunzipped).catch((error: unknown) => {
    sourceError = error
  })
  try {
    for await (const chunk of gunzipped as AsyncIterable<Buffer>) {
      unpacked += chunk.length
      if (isBomb(packed, unpacked)) return report(tooLarge(packed, unpacked))
      yield chunk
    }
  } catch (error) {
    await feeding
    if (!isZlibError(sourceError ?? error)) throw error
    report({
      code: 'damaged-archive',
      sentence: `The gzip file is damaged or cut short after ${unpacked} bytes of log; what came before was read. Fetch it again.`,
    })
  } finally {
    gunzipped.destroy()
  }
}

export function isBomb(packed: number, unpacked: number): boolean {
  return unpacked > maxUnpackedBytes || (unpacked > harmlessBytes && unpacked > packed * maxRatio)
}

export function tooLarge(packed: number, unpacked: number): ReadingProblem {
  return {
    code: 'archive-too-large',
    sentence: `The archive of ${packed} bytes unpacks to more than ${unpacked} bytes, which no log does; reading stopped there.`,
  }
}

function isZlibError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('Z_')
}

async function* fromUtf16(bytes: AsyncIterable<Uint8Array>, little: boolean): AsyncIterable<Uint8Array> {
  const decoder = new TextDecoder(little ? 'utf-16le' : 'utf-16be')
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8')
  yield Buffer.from(decoder.decode(), 'utf8')
}

/** Logs hold stray control bytes; files of another kind are full of them. */
function looksBinary(head: Uint8Array): boolean {
  const sample = head.subarray(0, 8_192)
  let odd = 0
  for (const byte of sample) if (byte < 7 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)) odd += 1
  return odd > sample.length * 0.05
}

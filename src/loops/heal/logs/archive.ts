import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { type ArchiveFile, planOfArchive } from './archive-plan.ts'
import type { ReadingProblem } from './reading.ts'
import { isBomb, maxUnpackedBytes, tooLarge } from './unpack.ts'

const maxEntries = 10_000
const newline = 10

/**
 * The logs in a zip archive, one after the other. A zip is read from its end, so it is put into a file of our own
 * first; no name from inside the archive ever becomes a path.
 */
export async function* readArchive(
  bytes: AsyncIterable<Uint8Array>,
  report: (problem: ReadingProblem) => void,
  onFile: (file: ArchiveFile) => void,
): AsyncIterable<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'mendline-log-'))
  try {
    const path = join(folder, 'log.zip')
    await pipeline(copies(bytes), createWriteStream(path))
    yield* entriesOf(path, report, onFile)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The file's stream holds chunks while more are read, and a chunk may lie in memory that is read into again. */
async function* copies(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of bytes) yield Buffer.from(chunk)
}

async function* entriesOf(
  path: string,
  report: (problem: ReadingProblem) => void,
  onFile: (file: ArchiveFile) => void,
): AsyncIterable<Uint8Array> {
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(path, { autoClose: false, validateEntrySizes: true })
    const entries = await listEntries(zip)
    if (entries === 'too-many') return report(tooMany)
    const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0)
    const logs = planOfArchive(entries.map(({ fileName }) => fileName))
    if (logs.length === 0) return report(noLog)
    let unpacked = 0
    for (const file of logs) {
      const entry = entries.find(({ fileName }) => fileName === file.path)
      if (entry === undefined) continue
      if (unpacked + entry.uncompressedSize > maxUnpackedBytes) return report(tooLarge(packed, maxUnpackedBytes))
      onFile(file)
      let last = newline
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        unpacked += chunk.length
        if (isBomb(packed, unpacked)) return report(tooLarge(packed, unpacked))
        last = chunk.at(-1) ?? last
        yield chunk
      }
      // The next file begins on a line of its own.
      if (last !== newline) yield Buffer.of(newline)
    }
  } catch (error) {
    report(problemOf(error))
  } finally {
    zip?.close()
  }
}

async function listEntries(zip: ZipFile): Promise<readonly Entry[] | 'too-many'> {
  if (zip.entryCount > maxEntries) return 'too-many'
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    if (entries.length >= maxEntries) return 'too-many'
    entries.push(entry)
  }
  return entries
}

const tooMany: ReadingProblem = {
  code: 'archive-too-large',
  sentence: `The zip archive holds more than ${maxEntries} files, which no log archive does; it was not read.`,
}
const noLog: ReadingProblem = {
  code: 'no-log-in-archive',
  sentence: 'The zip archive holds no .txt or .log file. Give the log archive of a run, not one of its artifacts.',
}

function problemOf(error: unknown): ReadingProblem {
  const message = error instanceof Error ? error.message : String(error)
  if (/invalid relative path|absolute path|invalid characters in fileName/i.test(message))
    return {
      code: 'unsafe-archive',
      sentence: `The zip archive names a file outside of itself (${message.slice(0, 120)}); it was not read.`,
    }
  return {
    code: 'damaged-archive',
    sentence: `The zip archive is damaged or cut short (${message.slice(0, 120)}); fetch it again.`,
  }
}

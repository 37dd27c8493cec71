import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'

/** The log archive of a run: opened with distrust, read in place, never unpacked to a disk. */
export interface Archive {
  readonly files: readonly ArchivedFile[]
  open(files: readonly ArchivedFile[]): AsyncIterable<Uint8Array>
}

export interface ArchivedFile {
  readonly name: string
  readonly bytes: number
}

export type ArchiveAnswer =
  | { readonly kind: 'archive'; readonly archive: Archive }
  | { readonly kind: 'broken'; readonly sentence: string }

export interface ArchiveBounds {
  readonly maxFiles: number
  readonly maxBytes: number
  /** Unpacked to packed. Logs reach 30; deflate can reach 1,032. */
  readonly maxRatio: number
}

/** Far above any real run: 256 matrix jobs of 50 steps, 4 GiB of text. */
export const defaultBounds: ArchiveBounds = { maxFiles: 20_000, maxBytes: 2 ** 32, maxRatio: 400 }

/** Below this size a high ratio harms nobody: a small log of one repeated line is no bomb. */
const harmlessBytes = 16 * 2 ** 20

export async function openArchive(bytes: Buffer, bounds: ArchiveBounds = defaultBounds): Promise<ArchiveAnswer> {
  const entries = new Map<string, Entry>()
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true })
    let unpacked = 0
    let packed = 0
    if (zip.entryCount > bounds.maxFiles) return broken(`it lists ${zip.entryCount} files`)
    // yauzl refuses names that are absolute or climb out of the archive.
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize
      packed += entry.compressedSize
      if (unpacked > bounds.maxBytes) return broken(`it would unpack to more than ${bounds.maxBytes} bytes`)
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry)
    }
    // Files that share their packed bytes are how the worst bombs are built.
    if (packed > bytes.byteLength) return broken('its files overlap')
    if (unpacked > harmlessBytes && unpacked > packed * bounds.maxRatio)
      return broken(`it would unpack ${packed} bytes to ${unpacked}`)
    return { kind: 'archive', archive: archiveOf(zip, entries) }
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error))
  }
}

function archiveOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Archive {
  return {
    files: Array.from(entries.values(), (entry) => ({ name: entry.fileName, bytes: entry.uncompressedSize })),
    async *open(files) {
      let endsLine = true
      for (const file of files) {
        const entry = entries.get(file.name)
        if (entry === undefined) continue
        if (!endsLine) yield newLine
        // The reader ends with an error when a file is longer or shorter than the archive says.
        for await (const part of await zip.openReadStreamPromise(entry)) {
          const bytes = part as Buffer
          if (bytes.length > 0) endsLine = bytes.at(-1) === 0x0a
          yield bytes
        }
      }
    },
  }
}

const newLine = Buffer.from('\n')

function broken(sentence: string): ArchiveAnswer {
  return { kind: 'broken', sentence: sentence.slice(0, 300) }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export const firstLoadLimitBytes = 200 * 1024

export interface LoadedFile {
  readonly file: string
  /** As gzip sends it. */
  readonly bytes: number
}

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}

/** Every script that a browser loads before the first page stands: those the page names, and all that these import. */
export function firstLoad(folder: string): readonly LoadedFile[] {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((found) => found[1] ?? '')
  const chunks = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  const files = new Set<string>()
  for (const file of named) reach(file, chunks, files)
  return [...files].map((file) => ({ file, bytes: gzipSync(readFileSync(join(folder, file)), { level: 6 }).length }))
}

function reach(file: string, chunks: Readonly<Record<string, Chunk>>, reached: Set<string>): void {
  if (reached.has(file)) return
  reached.add(file)
  const imports = Object.values(chunks).find((chunk) => chunk.file === file)?.imports ?? []
  for (const name of imports) {
    const imported = chunks[name]
    if (imported === undefined) throw new Error(`the manifest of the dashboard names ${name} but does not describe it`)
    reach(imported.file, chunks, reached)
  }
}

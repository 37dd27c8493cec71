import { fileBytes } from '../../loops/heal/logs/file-bytes.ts'
import { readLog } from '../../loops/heal/logs/read-log.ts'
import type { LogReading } from '../../loops/heal/logs/reading.ts'

export type FileReading =
  | { readonly kind: 'read'; readonly reading: LogReading }
  | { readonly kind: 'unreadable'; readonly sentence: string }

/** Reads a log file, or standard input for "-". That it cannot be read is an answer. */
export async function readLogFile(path: string): Promise<FileReading> {
  try {
    const reading = await readLog(path === '-' ? process.stdin : fileBytes(path))
    if (reading.lines === 0 && reading.problem !== undefined)
      return { kind: 'unreadable', sentence: `cannot read ${path}: ${reading.problem.sentence}` }
    return { kind: 'read', reading }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return { kind: 'unreadable', sentence: `cannot read ${path}: ${reasons[String(error.code)] ?? error.message}` }
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; give the log file of one job',
  EACCES: 'you may not read it',
}

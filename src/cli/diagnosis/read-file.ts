import { fileBytes } from '../../loops/heal/logs/file-bytes.ts'
import { readLog } from '../../loops/heal/logs/read-log.ts'
import type { LogReading } from '../../loops/heal/logs/reading.ts'
import type { KnownSignatures } from '../../loops/heal/signatures/known.ts'

export type FileReading =
  | { readonly kind: 'read'; readonly reading: LogReading }
  | { readonly kind: 'unreadable'; readonly sentence: string }

/** Reads a log file, or standard input for "-". That it cannot be read is an answer. */
export async function readLogFile(
  path: string,
  { signatures, whole = true }: { readonly signatures?: KnownSignatures | undefined; readonly whole?: boolean } = {},
): Promise<FileReading> {
  try {
    const reading = await readLog(path === '-' ? process.stdin : fileBytes(path), { signatures, whole })
    if (reading.lines === 0 && reading.problem !== undefined)
      return { kind: 'unreadable', sentence: `cannot read ${path}: ${reading.problem.sentence}` }
    return { kind: 'read', reading }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return { kind: 'unreadable', sentence: `cannot read ${path}: ${whyUnreadable(error)}` }
  }
}

/** Why the system would not give a file, in words. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return ('code' in error ? reasons[String(error.code)] : undefined) ?? error.message
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder; give the log file of one job',
  EACCES: 'you may not read it',
  ENAMETOOLONG: 'no file has a name that long',
  ELOOP: 'its links lead in a circle',
}

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { appendLog } from '../../../adapters/native/logs/memory.ts'
import type { Database } from '../../../engine/database/database.ts'
import { createRedactor } from '../../../loops/heal/logs/redact.ts'
import { persist } from './persist.ts'

const zip = promisify(gzip)

const flushEveryMs = 250
const flushAtCharacters = 256 * 1024
/** Beyond this a log is kept no further: a job that prints without end must not fill the disk. */
const keptCharacters = 512 * 1024 * 1024

export interface LogWriter {
  line(text: string): void
  /** Everything is written, or an error says what was not. */
  close(): Promise<void>
}

/**
 * Keeps the lines of one job as they come, without secrets, in compressed pieces; who reads the log meanwhile is a moment
 * behind.
 */
export function createLogWriter(db: Database, jobId: number): LogWriter {
  // What the workflow did not declare to be masked is a secret all the same.
  const redactor = createRedactor()
  let pending: string[] = []
  let size = 0
  let total = 0
  let seq = 0
  let timer: NodeJS.Timeout | undefined
  let written: Promise<void> = Promise.resolve()
  let failure: unknown

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (pending.length === 0) return
    const text = redactor.push(pending.join(''))
    const piece = ++seq
    pending = []
    size = 0
    written = written
      .then(async () => {
        const bytes = await zip(text)
        await persist(() => appendLog(db, jobId, piece, bytes))
      })
      .catch((error: unknown) => {
        failure ??= error
      })
  }

  return {
    line(text) {
      if (total > keptCharacters) return
      total += text.length + 1
      pending.push(total > keptCharacters ? '##[warning]The log is too long; the rest is left out.\n' : `${text}\n`)
      size += text.length + 1
      if (size >= flushAtCharacters) flush()
      else timer ??= setTimeout(flush, flushEveryMs)
    },
    async close() {
      flush()
      await written
      if (failure !== undefined) throw failure
    },
  }
}

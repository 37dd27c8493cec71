import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Unavailable } from '../../base/errors.ts'
import type { Database } from '../../engine/database/database.ts'
import type { LogAnswer } from '../ci.ts'
import type { NativeJob } from './jobs/memory.ts'
import { lastLogSeq, logAfter } from './logs/memory.ts'

const unzip = promisify(gunzip)

/** The log of a job, read piece by piece. A job that runs shows what it has said so far: a hang must be seen to be known. */
export async function readJobLog(db: Database, job: NativeJob | undefined): Promise<LogAnswer> {
  if (job === undefined) return absent('gone', 'our build service knows no such job')
  const source = job.carriedFrom ?? job.id
  if ((await lastLogSeq(db, source)) > 0) return { kind: 'log', bytes: pieces(db, source) }
  if (job.state !== 'completed') return absent('not-yet', `job ${job.name} has said nothing yet`)
  return absent('never-started', `job ${job.name} never ran: it ended as ${job.conclusion}`)
}

async function* pieces(db: Database, jobId: number): AsyncIterable<Uint8Array> {
  for (let seq = 0; ; ) {
    const piece = await logAfter(db, jobId, seq).catch((cause: unknown) => {
      throw new Unavailable(`the log of job ${jobId} broke off after piece ${seq}`, { cause })
    })
    if (piece === undefined) return
    yield await unzip(piece.bytes)
    seq = piece.seq
  }
}

function absent(because: 'gone' | 'not-yet' | 'never-started', sentence: string): LogAnswer {
  return { kind: 'absent', because, sentence }
}

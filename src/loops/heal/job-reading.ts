import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Ci, RunRef } from '../../adapters/ci.ts'
import type { Clock } from '../../base/clock.ts'
import { Terminal, Unavailable } from '../../base/errors.ts'
import { linesOf } from '../../base/lines.ts'
import { pipelines } from '../../commons/pipelines/index.ts'
import type { Pass } from '../../commons/pipelines/passes-memory.ts'
import type { Store } from '../../engine/database/database.ts'
import type { Job, JobId } from '../../model/run.ts'
import { type ReadOptions, readLog } from './logs/read-log.ts'
import type { LogReading } from './logs/reading.ts'
import { redactedLines } from './logs/redacted-lines.ts'
import type { KnownSignatures } from './signatures/known.ts'

/**
 * The log of a job, archived first (redacted; vendors' links expire and reruns overwrite) and then read from the archive,
 * so that a line number means the same to the diagnosis and to the screen.
 */
export async function jobReading(
  deps: ReadingDeps,
  ci: Ci,
  ref: RunRef,
  job: Job,
  known?: KnownSignatures,
): Promise<LogReading> {
  await archiveLog(deps, ci, ref, job)
  return await keptReading(deps, job.id, { signatures: known?.on({ build_name: job.name }) })
}

export interface ReadingDeps {
  readonly store: Store
  readonly clock: Clock
}

/** What the archive has of a log; nothing reads as a log without lines. */
export async function keptReading(deps: ReadingDeps, job: JobId, options: ReadOptions): Promise<LogReading> {
  const kept = await pipelines.readWholeLog(deps.store.db, job)
  return await readLog(kept === undefined ? nothing() : asBytes(kept), options)
}

/** Fetch the log and keep it; what was kept of it before (the job still ran, or a process died) is replaced. */
async function archiveLog(deps: ReadingDeps, ci: Ci, ref: RunRef, job: Job): Promise<void> {
  const answer = await ci.jobLog(ref, { externalId: job.externalId, name: job.name, attempt: job.attempt })
  if (answer.kind === 'log') {
    await viaFile(redactedLines(answer.bytes), (lines) =>
      pipelines.storeLog(deps.store.db, job.id, lines, deps.clock.now()),
    )
  } else if (answer.because === 'not-yet' && job.status === 'completed') {
    throw new Unavailable(`the log of job ${job.name} of run ${ref.externalId} is not there yet: ${answer.sentence}`)
  }
}

/** Larger than this no log is fetched only to be compared with. */
const mostSpareBytes = 8 * 2 ** 20

/** Fetch and keep a log that would be good to have. Does the archive have it now? One too long is not kept in part. */
export async function archiveSpareLog(
  deps: ReadingDeps,
  ci: Ci,
  { job, run, completedAt }: Pass,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await ci.jobLog({ repository: run.repository, externalId: run.externalId }, job, { signal })
  if (answer.kind !== 'log') return false
  await viaFile(redactedLines(bounded(answer.bytes, signal)), (lines) =>
    pipelines.storeLog(deps.store.db, job.id, lines, deps.clock.now(), { keepSince: completedAt }),
  )
  return true
}

async function* bounded(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<Uint8Array> {
  let read = 0
  for await (const chunk of bytes) {
    signal.throwIfAborted()
    read += chunk.length
    if (read > mostSpareBytes)
      throw new Terminal(`the passing log has more than ${mostSpareBytes} bytes: the failure is diagnosed without it`)
    yield chunk
  }
}

/** A transaction that is open for as long as a download takes would hold up every reader of the event log. */
async function viaFile(
  lines: AsyncIterable<string>,
  store: (lines: AsyncIterable<string>) => Promise<unknown>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mendline-log-'))
  try {
    const path = join(folder, 'log')
    await pipeline(lines, withNewlines, createWriteStream(path, { mode: 0o600 }))
    await store(linesOf(createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 })))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function* withNewlines(lines: AsyncIterable<string>): AsyncIterable<string> {
  let part = ''
  for await (const line of lines) {
    part += `${line}\n`
    if (part.length < 64 * 1024) continue
    yield part
    part = ''
  }
  yield part
}

async function* asBytes(text: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  for await (const part of text) yield Buffer.from(part)
}

async function* nothing(): AsyncIterable<Uint8Array> {}

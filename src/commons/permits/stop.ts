import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Unavailable } from '../../base/errors.ts'
import type { Database } from '../../engine/database/database.ts'
import { append } from '../../engine/eventlog/append.ts'
import { readStopRow, writeStopRow } from './settings-memory.ts'

/**
 * The stop switch. It is engaged if the file `<data>/stop` says so (which works when the database does not) or if the
 * row in the database says so (which all machines obey). What cannot be read is `unknown`, and unknown refuses.
 */
export type StopState =
  | { readonly kind: 'released' }
  | { readonly kind: 'engaged'; readonly by: string; readonly why: string; readonly since: Date }
  | { readonly kind: 'unknown'; readonly why: string }

const StopFile = z.object({ by: z.string(), why: z.string(), since: z.coerce.date() })

export function stopFilePath(dataDir: string): string {
  return join(dataDir, 'stop')
}

/** The switch as both places say it. `lock` keeps it from being engaged until the caller's transaction ends. */
export async function readStop(dataDir: string, db: Database, options: { lock?: boolean } = {}): Promise<StopState> {
  const file = await readStopFile(dataDir)
  if (file.kind !== 'released') return file
  try {
    return (await readStopRow(db, options.lock ?? false)) ?? { kind: 'unknown', why: 'the stop switch has no row' }
  } catch (error) {
    return { kind: 'unknown', why: `the database cannot be read: ${(error as Error).message}` }
  }
}

/** The file alone: the only half that can be read when the database is down. A file that makes no sense is engaged. */
export async function readStopFile(dataDir: string): Promise<StopState> {
  const path = stopFilePath(dataDir)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'released' }
    return { kind: 'unknown', why: `${path} cannot be read: ${(error as Error).message}` }
  }
  try {
    return { kind: 'engaged', ...StopFile.parse(JSON.parse(text.slice(0, 10_000))) }
  } catch {
    return {
      kind: 'engaged',
      by: 'unknown',
      why: `${path} exists, but holds no JSON with by, why, since`,
      since: new Date(0),
    }
  }
}

export interface StopOrder {
  readonly by: string
  readonly why: string
  readonly since: Date
}

/** Write the file: enough to stop this installation with everything else down. */
export async function writeStopFile(dataDir: string, order: StopOrder): Promise<void> {
  const path = stopFilePath(dataDir)
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify({ by: order.by, why: order.why, since: order.since.toISOString() })}\n`)
  await rename(draft, path)
}

export async function removeStopFile(dataDir: string): Promise<void> {
  await rm(stopFilePath(dataDir), { force: true })
}

/** Stop every effect everywhere: the file first, then the row and its event. Twice changes nothing. */
export async function engageStop(dataDir: string, db: Database, order: StopOrder): Promise<StopState> {
  if ((await readStopFile(dataDir)).kind !== 'engaged') await writeStopFile(dataDir, order)
  try {
    await db.transaction().execute(async (trx) => {
      const changed = await writeStopRow(trx, order)
      if (changed) await append(trx, [stopEngaged(order)])
    })
  } catch (error) {
    throw new Unavailable('stopped by the file, but the database could not be told; other machines go on', {
      cause: error,
    })
  }
  return await readStop(dataDir, db)
}

/** Let effects happen again: the row first, so that a failure in between leaves everything stopped. */
export async function releaseStop(dataDir: string, db: Database, by: string): Promise<StopState> {
  await db.transaction().execute(async (trx) => {
    const changed = await writeStopRow(trx, undefined)
    if (changed) await append(trx, [{ type: 'stop.released', subject: 'stop', data: { by } }])
  })
  await removeStopFile(dataDir)
  return await readStop(dataDir, db)
}

function stopEngaged(order: StopOrder) {
  return { type: 'stop.engaged', subject: 'stop', data: { by: order.by, why: order.why } } as const
}

import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { type Job, jobId, type Run, runId } from '../../model/run.ts'
import { recordJob } from './jobs-memory.ts'
import { readWholeLog, storeLog } from './logs-memory.ts'
import { lastPasses, type PassQuery } from './passes-memory.ts'
import { someJob, someRun } from './pipelines.fixture.ts'
import { recordRun } from './runs-memory.ts'

const { db } = await testStore()
const start = Date.parse('2026-03-01T10:00:00Z')
const minute = (count: number) => new Date(start + count * 60_000)
const wanted: PassQuery = {
  connection: 'acme',
  repository: 'acme/shop',
  pipeline: 'CI',
  path: '.github/workflows/ci.yml',
  job: 'test',
  branches: ['main', 'topic'],
  since: minute(-60),
  until: minute(60),
}

beforeEach(async () => {
  await sql`truncate runs, jobs, job_logs, job_log_chunks`.execute(db)
})

/** A run with one job that ended at that minute, as it was told. */
async function ended(number: number, at: number, run: Partial<Run> = {}, job: Partial<Job> = {}): Promise<void> {
  const externalId = `${number}`
  await recordRun(db, someRun({ externalId, number, createdAt: minute(at - 1), status: 'completed', ...run }))
  await recordJob(db, {
    repository: 'acme/shop',
    job: someJob({
      externalId: `j${number}`,
      runId: runId('acme', externalId),
      status: 'completed',
      conclusion: 'success',
      completedAt: minute(at),
      ...job,
    }),
  })
}

const numbers = async (query: Partial<PassQuery> = {}) =>
  (await lastPasses(db, { ...wanted, ...query })).map(({ run }) => run.number)

describe('the last passes of a job', () => {
  it('are the latest of each branch and kind of event, the newest first', async () => {
    await ended(1, 1)
    await ended(2, 2, { conclusion: 'failure' })
    await ended(3, 3, { branch: 'topic' })
    await ended(4, 4, { event: 'pull_request' })
    await ended(5, 5, { branch: 'elsewhere' })
    expect(await numbers()).toEqual([4, 3, 2])
    expect(await lastPasses(db, { ...wanted, branches: ['topic'] })).toEqual([
      {
        job: { id: jobId('acme', 'j3'), externalId: 'j3', name: 'test', attempt: 1 },
        run: { id: 'acme/3', externalId: '3', repository: 'acme/shop', number: 3, branch: 'topic', event: 'push' },
        completedAt: minute(3),
        keptBytes: undefined,
      },
    ])
  })

  it('are of the same job, pipeline and definition, succeeded, and ended before the failure', async () => {
    await ended(1, 1)
    await ended(2, 2, {}, { name: 'lint' })
    await ended(3, 3, { pipeline: 'Nightly' })
    await ended(4, 4, { path: '.github/workflows/other.yml' })
    await ended(5, 5, { repository: 'acme/till' })
    await ended(6, 6, {}, { conclusion: 'skipped' })
    await ended(7, 7, {}, { conclusion: 'failure' })
    await ended(8, 8, { connection: 'other' })
    await ended(9, 9)
    expect(await numbers({ until: minute(8) })).toEqual([1])
    expect(await numbers({ since: minute(9), until: minute(9) })).toEqual([])
  })

  it('tell the size of a log that was kept whole, not of one that was kept while the job ran', async () => {
    await ended(1, 5)
    await storeLog(db, 'acme/j1', ['half'], minute(4))
    expect((await lastPasses(db, wanted))[0]?.keptBytes).toBeUndefined()
    await storeLog(db, 'acme/j1', ['the whole'], minute(6))
    expect((await lastPasses(db, wanted))[0]?.keptBytes).toBe(10)
  })
})

describe('a log that somebody may be reading', () => {
  it('is not replaced by a second fetch, however many there are at once; a part of it is', async () => {
    const keepSince = minute(5)
    const store = (line: string, at: Date) => storeLog(db, 'acme/j1', [line], at, { keepSince })
    await storeLog(db, 'acme/j1', ['half'], minute(4))
    await Promise.all(['one', 'two', 'three'].map((line) => store(line, minute(6))))
    const kept = await text()
    expect(kept).toMatch(/^(one|two|three)\n$/)
    await store('four', minute(7))
    expect(await text()).toBe(kept)
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from job_log_chunks`.execute(db)
    expect(rows[0]?.count).toBe(1)
  })

  async function text(): Promise<string> {
    return (await Array.fromAsync((await readWholeLog(db, 'acme/j1')) ?? [])).join('')
  }
})

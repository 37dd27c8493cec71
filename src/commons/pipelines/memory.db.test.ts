import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { newId } from '../../base/ids.ts'
import type { Run } from '../../model/run.ts'
import { type Delivery, recordDeliveries } from './deliveries-memory.ts'
import { failedJobs, findJob, jobsOf, recordJob } from './jobs-memory.ts'
import { longestLine, readLogLines, readWholeLog, storeLog } from './logs-memory.ts'
import { someJob, someRun } from './pipelines.fixture.ts'
import { pollMark, setPollMark } from './poll-memory.ts'
import { attemptsOf, findRun, listRuns, openRuns, pipelineStates, recordRun, seamOf } from './runs-memory.ts'

const { db } = await testStore()
const now = new Date('2026-03-01T12:00:00Z')

beforeEach(async () => {
  await sql`truncate runs, jobs, job_logs, job_log_chunks, deliveries, poll_marks`.execute(db)
})

describe('runs', () => {
  it('come back as they were recorded', async () => {
    const run = someRun({ url: 'https://ci.example/71', minute: 3 })
    expect(await recordRun(db, run)).toBe('newer')
    expect(await findRun(db, run.id)).toEqual({ ...run, conclusion: undefined })
  })

  it('never go back', async () => {
    await recordRun(db, someRun({ status: 'completed', conclusion: 'failure', minute: 5 }))
    expect(await recordRun(db, someRun({ status: 'in_progress', minute: 9 }))).toBe('older')
    expect((await findRun(db, 'acme/71'))?.conclusion).toBe('failure')
  })

  it('keep every attempt, and show the latest', async () => {
    await recordRun(db, someRun({ attempt: 2, status: 'in_progress' }))
    await recordRun(db, someRun({ attempt: 1, status: 'completed', conclusion: 'failure' }))
    expect((await findRun(db, 'acme/71'))?.attempt).toBe(2)
    expect((await findRun(db, 'acme/71', 1))?.conclusion).toBe('failure')
    expect((await attemptsOf(db, 'acme/71')).map((run) => run.attempt)).toEqual([1, 2])
    expect(await listRuns(db, { limit: 10 })).toHaveLength(1)
  })

  it('are listed page by page without a hole or a double, also when made in the same second', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `${100 + index}`)
    for (const externalId of ids) await recordRun(db, someRun({ externalId }))
    const seen: string[] = []
    for (let before: string | undefined; ; ) {
      const page = await listRuns(db, { before, limit: 10 })
      seen.push(...page.map(({ run }) => run.externalId))
      before = page.at(-1)?.run.id
      if (page.length < 10) break
    }
    expect(seen).toEqual([...ids].reverse())
  })

  it('make the seam of their pipeline: passed, failed, mended, held, under way', async () => {
    const ends: readonly Partial<Run>[] = [
      { status: 'completed', conclusion: 'success' },
      { status: 'completed', conclusion: 'timed_out' },
      { status: 'completed', conclusion: 'success', attempt: 2 },
      { status: 'completed', conclusion: 'action_required' },
      { status: 'in_progress' },
    ]
    await recordRun(db, someRun({ externalId: '2', status: 'completed', conclusion: 'failure' }))
    for (const [index, end] of ends.entries()) {
      const createdAt = new Date(Date.UTC(2026, 2, 1, 10, index))
      await recordRun(db, someRun({ externalId: String(index), createdAt, ...end }))
    }
    await recordRun(db, someRun({ externalId: '9', branch: 'other', status: 'completed', conclusion: 'failure' }))
    expect(await seamOf(db, 'acme/shop', 'CI', 'main', 20)).toEqual(['pass', 'fail', 'mended', 'held', 'unknown'])
    expect(await seamOf(db, 'acme/shop', 'CI', 'main', 2)).toEqual(['held', 'unknown'])
    const states = await pipelineStates(db, { since: new Date(0), seam: 3, limit: 10 })
    expect(states.map(({ branch, seam, latest }) => ({ branch, seam, latest: latest.externalId }))).toEqual([
      { branch: 'main', seam: ['mended', 'held', 'unknown'], latest: '4' },
      { branch: 'other', seam: ['fail'], latest: '9' },
    ])
  })

  it('are asked about again when they stay open and quiet', async () => {
    await recordRun(db, someRun({ externalId: '1', minute: 0 }))
    await recordRun(db, someRun({ externalId: '2', minute: 60 }))
    await recordRun(db, someRun({ externalId: '3', minute: 0, status: 'completed', conclusion: 'success' }))
    const quietSince = new Date('2026-03-01T10:30:00Z')
    expect((await openRuns(db, quietSince)).map((run) => run.externalId)).toEqual(['1'])
  })
})

describe('jobs', () => {
  it('come back as they were recorded, with what the runner saw', async () => {
    const job = someJob({
      status: 'completed',
      conclusion: 'failure',
      completedAt: now,
      needs: ['build'],
      observed: { exitCode: 137, outOfMemory: true, peakMemoryBytes: 2 ** 31 },
    })
    await recordJob(db, { job, repository: 'acme/shop' })
    const found = await findJob(db, job.id)
    expect(JSON.parse(JSON.stringify(found?.job))).toEqual(JSON.parse(JSON.stringify(job)))
    expect(found?.job.steps[0]?.startedAt).toBeInstanceOf(Date)
  })

  it('that passed are carried over into a rerun of the failed ones', async () => {
    const record = (change: Parameters<typeof someJob>[0]) =>
      recordJob(db, { job: someJob({ status: 'completed', ...change }), repository: 'acme/shop' })
    await record({ externalId: '1', name: 'lint', conclusion: 'success' })
    await record({ externalId: '2', name: 'test', conclusion: 'failure' })
    await record({ externalId: '3', name: 'publish', conclusion: 'skipped' })
    await record({ externalId: '4', name: 'test', attempt: 2, conclusion: 'success' })
    const names = (await jobsOf(db, 'acme/71', 2)).map((job) => `${job.name} ${job.attempt}`)
    expect(names).toEqual(['lint 1', 'test 2'])
    expect((await failedJobs(db, 'acme/71', 1)).map((job) => job.name)).toEqual(['test'])
    expect(await failedJobs(db, 'acme/71', 2)).toEqual([])
  })
})

describe('archived logs', () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index + 1} <b>ünï</b>`)

  it('can be read from any line, across chunks, and whole', async () => {
    const stored = await storeLog(db, 'acme/901', lines, now)
    expect(stored.lines).toBe(30_000)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from job_log_chunks`.execute(db)
    expect(rows[0]?.n).toBeGreaterThan(1)
    for (const from of [1, 9_000, 12_345, 29_999]) {
      const page = await readLogLines(db, 'acme/901', from, 5_000)
      expect(page?.lines).toEqual(lines.slice(from - 1, from + 4_999))
      expect(page?.total).toBe(30_000)
    }
    let whole = ''
    for await (const part of (await readWholeLog(db, 'acme/901')) ?? []) whole += part
    expect(whole).toBe(`${lines.join('\n')}\n`)
    expect(stored.bytes).toBe(Buffer.byteLength(whole))
  })

  it('are replaced by a second storing, and kept when that breaks off', async () => {
    await storeLog(db, 'acme/901', ['old'], now)
    await storeLog(db, 'acme/901', ['new', ''], now)
    expect((await readLogLines(db, 'acme/901', 1, 10))?.lines).toEqual(['new', ''])
    async function* breaking() {
      yield 'half'
      throw new Error('the stream broke')
    }
    await expect(storeLog(db, 'acme/901', breaking(), now)).rejects.toThrow('the stream broke')
    expect((await readLogLines(db, 'acme/901', 1, 10))?.lines).toEqual(['new', ''])
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from job_log_chunks`.execute(db)
    expect(rows[0]?.n).toBe(1)
  })

  it('are stored without a long transaction, which readers of the event log would have to wait for', async () => {
    let longest = 0
    async function* watching() {
      for (const line of lines) {
        yield line
        if (!line.startsWith('line 20000 ')) continue
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()`.execute(db)
        longest = rows[0]?.n ?? -1
      }
    }
    expect((await storeLog(db, 'acme/901', watching(), now)).lines).toBe(lines.length)
    expect(longest).toBe(0)
  })

  it('cut a line of 10 MB, and say so', async () => {
    await storeLog(db, 'acme/901', ['before', 'x'.repeat(10_000_000), 'after'], now)
    const page = await readLogLines(db, 'acme/901', 1, 10)
    expect(page?.lines.map((line) => line.length < longestLine + 100)).toEqual([true, true, true])
    expect(page?.lines[1]).toMatch(/cut: the line has 10000000 characters/)
  })

  it('are absent for a job without one, and empty for one that printed nothing', async () => {
    expect(await readLogLines(db, 'acme/none', 1, 10)).toBeUndefined()
    expect(await readWholeLog(db, 'acme/none')).toBeUndefined()
    await storeLog(db, 'acme/901', [], now)
    expect(await readLogLines(db, 'acme/901', 1, 10)).toEqual({ from: 1, lines: [], total: 0 })
  })
})

describe('deliveries', () => {
  const delivery = (change: Partial<Delivery>): Delivery => ({
    id: newId(),
    connection: 'acme',
    deliveryId: newId(),
    bodyHash: Buffer.from(newId()),
    bytes: 10,
    state: 'accepted',
    reason: undefined,
    evidence: undefined,
    receivedAt: now,
    ...change,
  })

  it('are new once, by their id and by their bytes, also within one batch', async () => {
    const first = delivery({})
    const sameId = delivery({ deliveryId: first.deliveryId })
    const sameBytes = delivery({ bodyHash: first.bodyHash })
    const elsewhere = delivery({ connection: 'other', deliveryId: first.deliveryId, bodyHash: first.bodyHash })
    const withoutId = delivery({ deliveryId: undefined })
    const fresh = await recordDeliveries(db, [first, sameId, sameBytes, elsewhere, withoutId])
    expect(fresh).toEqual(new Set([first.id, elsewhere.id, withoutId.id]))
    expect(await recordDeliveries(db, [delivery({ deliveryId: first.deliveryId })])).toEqual(new Set())
  })

  it('that were quarantined may be delivered again once we can read them', async () => {
    const unreadable = delivery({ state: 'quarantined', reason: 'x', evidence: { headers: {}, body: '{' } })
    expect((await recordDeliveries(db, [unreadable])).size).toBe(1)
    expect((await recordDeliveries(db, [{ ...unreadable, id: newId() }])).size).toBe(0)
    const { deliveryId, bodyHash } = unreadable
    expect((await recordDeliveries(db, [delivery({ deliveryId, bodyHash })])).size).toBe(1)
  })
})

describe('poll marks', () => {
  it('move forward only', async () => {
    expect(await pollMark(db, 'acme', 'acme/shop')).toBeUndefined()
    await setPollMark(db, 'acme', 'acme/shop', now)
    await setPollMark(db, 'acme', 'acme/shop', new Date(0))
    expect(await pollMark(db, 'acme', 'acme/shop')).toEqual(now)
  })
})

import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { testStore } from '../../../test/database.ts'
import type { GithubLookalike } from '../../../test/github/lookalike.ts'
import { ciFor, failedTest, shop, shopRun, startShop } from '../../../test/github/world.ts'
import { systemClock } from '../../base/clock.ts'
import { recordJob } from '../../commons/pipelines/jobs-memory.ts'
import { recordRun } from '../../commons/pipelines/runs-memory.ts'
import { createMetrics } from '../../engine/telemetry/metrics.ts'
import type { Job, Run } from '../../model/run.ts'
import { passingLog } from './passing-log.ts'

const store = await testStore()
const metrics = createMetrics()
const comparisons = { take: () => true }
const deps = { store, clock: systemClock, metrics, comparisons }
const inTime = (fetch: boolean, ms = 10_000) => ({ fetch, until: AbortSignal.timeout(ms) })
const says = ['packing crates', 'Error: no prices, going on', 'done']
let github: GithubLookalike
let ci: ReturnType<typeof ciFor>

beforeEach(async () => {
  await sql`truncate runs, jobs, job_logs, job_log_chunks`.execute(store.db)
  github = await startShop()
  ci = ciFor(github)
})
afterEach(() => github.close())

/** The job `test` passes with this log, then fails; the run and the job that failed, and no call counted before. */
async function passedThenFailed(log: readonly string[] = says): Promise<{ run: Run; job: Job }> {
  await known(await github.addRun(shopRun(log, { end: {} })))
  const { run, jobs } = await known(await github.addRun(shopRun(['something else'], failedTest)))
  const job = jobs.find(({ name }) => name === 'test')
  if (job === undefined) throw new Error('the run has no job "test"')
  return { run, job }
}

async function known({ id }: { readonly id: string }) {
  const ref = { repository: shop, externalId: id }
  const run = await ci.run(ref)
  if (run === undefined) throw new Error('there is no run')
  const jobs = await ci.jobs(ref, 1)
  await recordRun(store.db, run)
  for (const job of jobs) await recordJob(store.db, { job, repository: shop })
  return { run, jobs }
}

const logCalls = async () => {
  const { 'job-log': direct = 0, 'run-log': archive = 0 } = await github.counts()
  return direct + archive
}

it('is fetched with one call, kept like any other log, and not asked for again', async () => {
  const { run, job } = await passedThenFailed()
  const first = await passingLog(deps, ci, run, job, inTime(true))
  expect(first?.reading.lines).toBe(says.length)
  expect(first?.pass.run).toMatchObject({ number: run.number - 1, branch: run.branch })
  expect(await logCalls()).toBe(1)
  const again = await passingLog(deps, ci, run, job, inTime(false))
  expect(again?.reading).toEqual(first?.reading)
  expect(await logCalls()).toBe(1)
  const counted = await metrics.text()
  for (const answer of ['fetched', 'kept'])
    expect(counted).toContain(`mendline_passing_logs_total{answer="${answer}"} 1`)
})

it('is not asked for where nothing may be fetched, nor where the job never passed', async () => {
  const { run, job } = await passedThenFailed()
  expect(await passingLog(deps, ci, run, job, inTime(false))).toBeUndefined()
  expect(await passingLog(deps, ci, run, { ...job, name: 'new' }, inTime(true))).toBeUndefined()
  expect(await logCalls()).toBe(0)
})

it.each([404, 410, 403, 502])('that the vendor refuses with %i is done without, after one call', async (status) => {
  const { run, job } = await passedThenFailed()
  await github.fault({ route: 'job-log', fault: { kind: 'status', status }, times: 9 })
  expect(await passingLog(deps, ci, run, job, inTime(true))).toBeUndefined()
  expect(await logCalls()).toBe(1)
})

it('that breaks off is done without, and no part of it is kept', async () => {
  const { run, job } = await passedThenFailed(Array.from({ length: 5_000 }, (_, n) => `packed crate ${n}`))
  await github.fault({ route: 'link', fault: { kind: 'cut' } })
  expect(await passingLog(deps, ci, run, job, inTime(true))).toBeUndefined()
  expect(await passingLog(deps, ci, run, job, inTime(false))).toBeUndefined()
})

it('that is slow to come keeps no failure waiting', async () => {
  const { run, job } = await passedThenFailed()
  await github.fault({ route: 'link', fault: { kind: 'slow', ms: 60_000 } })
  const begin = performance.now()
  expect(await passingLog(deps, ci, run, job, inTime(true, 300))).toBeUndefined()
  expect(performance.now() - begin).toBeLessThan(5_000)
})

it('that is too long to be compared line by line is not kept', async () => {
  const { run, job } = await passedThenFailed(Array.from({ length: 90 }, () => 'x'.repeat(100_000)))
  expect(await passingLog(deps, ci, run, job, inTime(true))).toBeUndefined()
  const { rows } = await sql`select 1 from job_logs`.execute(store.db)
  expect(rows).toEqual([])
})

it('is not asked for when the budget of calls runs low', async () => {
  await github.setBudget({ remaining: 100, resetInMs: 3_600_000 })
  const { run, job } = await passedThenFailed()
  expect(await passingLog(deps, ci, run, job, inTime(true))).toBeUndefined()
  expect(await logCalls()).toBe(0)
})

it('is spared where too many fail at once, and no turn is used up by a job that never passed', async () => {
  const { run, job } = await passedThenFailed()
  const take = vi.fn(() => false)
  const none = { ...deps, comparisons: { take } }
  expect(await passingLog(none, ci, run, { ...job, name: 'new' }, inTime(true))).toBeUndefined()
  expect(take).not.toHaveBeenCalled()
  expect(await passingLog(none, ci, run, job, inTime(true))).toBeUndefined()
  expect(take).toHaveBeenCalledOnce()
  expect(await logCalls()).toBe(0)
  expect(await metrics.text()).toContain('mendline_passing_logs_total{answer="spared"} 1')
})

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testStore } from '../../../../test/database.ts'
import type { Job } from '../../../model/run.ts'
import { type Build, openBuild, readLog, repository } from './build.fixture.ts'

const shop = fileURLToPath(new URL('../../../../examples/shop', import.meta.url))
const tools = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url))
const mebibyte = 2 ** 20

interface Neighbours {
  readonly priceUrl: string
  readonly registryUrl: string
  readonly published: ReadonlyMap<string, string>
  overload(list: string, ms: number): void
  closeRegistry(): Promise<void>
  close(): Promise<void>
}

let build: Build
let neighbours: Neighbours
beforeAll(async () => {
  build = await openBuild(await testStore())
  neighbours = await (await import(join(shop, 'chapters/neighbours.ts'))).openNeighbours()
  await build.configure({
    PRICE_SERVICE: neighbours.priceUrl,
    REGISTRY: neighbours.registryUrl,
    SHOP_PORT: String(await freePort()),
  })
  const defaults = { timeoutMs: 60_000, memoryBytes: 256 * mebibyte, stallAfterMs: 2_000 }
  build.startRunner({ slots: 2, toolPath: [tools], defaults })
})
afterAll(async () => {
  await build.close()
  await neighbours.close()
})

test('the shop as it stands is green, and published from main', async () => {
  const run = await push({ ...filesIn(shop, ['chapters']) }, 'main')
  expect(await endOf(run)).toBe('success')
  expect([...neighbours.published.keys()]).toEqual([expect.stringMatching(/^\/shop\/1\.0\.0-[0-9a-f]{12}$/)])
}, 60_000)

test('chapter 1: two jobs meet at one port; alone the test passes', async () => {
  const run = await play(1)
  expect(await endOf(run)).toBe('failure')
  const failed = await failedJobs(run)
  // Who comes second is up to the scheduler: nearly always the test.
  expect(failed.map((job) => job.name)).toEqual([expect.stringMatching(/^(?:test|walk)$/)])
  expect(await logOf(run, failed[0]?.name ?? '')).toMatch(/EADDRINUSE: address already in use/)
  await rerun(run, failed)
  expect(await endOf(run, 2)).toBe('success')
}, 60_000)

test('chapter 2: the type checker names file and line', async () => {
  const run = await play(2)
  expect(await endOf(run)).toBe('failure')
  expect((await failedJobs(run)).map((job) => job.name)).toEqual(['check types'])
  expect(await logOf(run, 'check types')).toContain('src/discount.ts(10,24): error TS2322')
}, 60_000)

test('chapter 3: the price service says when to come back, and then it answers', async () => {
  neighbours.overload('spring', 60_000)
  const run = await play(3)
  expect(await endOf(run)).toBe('failure')
  const failed = await failedJobs(run)
  expect(failed.map((job) => job.name)).toEqual(['prices'])
  expect(await logOf(run, 'prices')).toMatch(/HTTP 503 Service Unavailable[\s\S]*retry-after: \d+/)
  neighbours.overload('spring', 0)
  await rerun(run, failed)
  expect(await endOf(run, 2)).toBe('success')
}, 60_000)

test('chapter 4: the poster needs more memory than it may have, and passes with more', async () => {
  const run = await play(4)
  expect(await endOf(run)).toBe('failure')
  const [poster, ...others] = await failedJobs(run)
  expect(others).toEqual([])
  expect(poster).toMatchObject({ name: 'poster', observed: { outOfMemory: true, memoryLimitBytes: 256 * mebibyte } })
  await rerun(run, [poster as Job], { memoryBytes: 512 * mebibyte })
  expect(await endOf(run, 2)).toBe('success')
  const passed = (await build.ci.jobs(run, 2)).find((job) => job.name === 'poster')
  expect(passed?.observed?.memoryLimitBytes).toBe(512 * mebibyte)
  expect(passed?.observed?.peakMemoryBytes).toBeLessThan(512 * mebibyte)
}, 60_000)

test('chapter 5: the stocktake hangs, which is told as a stall, and stopped', async () => {
  const run = await play(5)
  const stalled = await vi.waitFor(() => {
    const found = build.gateway.events.find((event) => event.type === 'job.stalled')
    if (found?.type !== 'job.stalled') throw new Error('no stall was told')
    return found.data
  }, soon)
  expect(stalled.job.name).toBe('test')
  expect(stalled.stall.lastLine).toContain('waiting for data/stocktake.lock')
  expect(stalled.stall.processes.map((one) => one.command).join()).toContain('stocktake.ts')
  const { attempt, sha } = (await build.ci.run(run)) ?? { attempt: 0, sha: '' }
  const stop = { ...run, attempt, sha, jobs: [stalled.job.externalId], reason: 'it hangs', idempotencyKey: 'hang' }
  expect(await build.ci.stop(stop)).toMatchObject({ kind: 'done' })
  expect(await endOf(run)).toBe('cancelled')
  const job = (await build.ci.jobs(run, 1)).find((one) => one.name === 'test')
  expect(job).toMatchObject({ conclusion: 'cancelled', observed: { stall: { lastLine: stalled.stall.lastLine } } })
}, 60_000)

test('chapter 6: nobody answers at the registry', async () => {
  await neighbours.closeRegistry()
  const run = await play(6)
  expect(await endOf(run)).toBe('failure')
  expect((await failedJobs(run)).map((job) => job.name)).toEqual(['publish'])
  expect(await logOf(run, 'publish')).toContain('connect ECONNREFUSED 127.0.0.1')
}, 60_000)

const soon = { timeout: 45_000, interval: 50 }

interface Ref {
  readonly repository: string
  readonly externalId: string
}

async function play(number: number): Promise<Ref> {
  const folder = readdirSync(join(shop, 'chapters')).find((name) => name.startsWith(`${number}-`)) ?? ''
  const chapter = JSON.parse(readFileSync(join(shop, 'chapters', folder, 'chapter.json'), 'utf8'))
  return push(filesIn(join(shop, 'chapters', folder, 'files')), chapter.branch)
}

async function push(files: Readonly<Record<string, string>>, branch: string): Promise<Ref> {
  const sha = await build.push(files, branch, 'main')
  return vi.waitFor(async () => {
    const run = (await build.ci.runsSince(repository, new Date(0))).find((one) => one.sha === sha)
    if (run === undefined) throw new Error(`no run for ${sha}`)
    return { repository, externalId: run.externalId }
  }, soon)
}

async function endOf(ref: Ref, attempt = 1): Promise<string | undefined> {
  return vi.waitFor(async () => {
    const run = await build.ci.run(ref)
    if (run?.attempt !== attempt || run.status !== 'completed') throw new Error(`run ${ref.externalId}: ${run?.status}`)
    return run.conclusion
  }, soon)
}

async function failedJobs(ref: Ref): Promise<readonly Job[]> {
  return (await build.ci.jobs(ref, 1)).filter((job) => job.conclusion === 'failure')
}

async function rerun(ref: Ref, failed: readonly Job[], options = {}): Promise<void> {
  const sha = (await build.ci.run(ref))?.sha ?? ''
  const jobs = failed.map((job) => job.name).sort()
  const request = { ...ref, attempt: 1, sha, jobs, options, idempotencyKey: `again-${ref.externalId}` }
  expect(await build.ci.rerunFailed(request)).toMatchObject({ kind: 'done', attempt: 2 })
}

async function logOf(ref: Ref, name: string): Promise<string> {
  const job = (await build.ci.jobs(ref, 1)).find((one) => one.name === name)
  return job === undefined ? '' : readLog(await build.ci.jobLog(ref, job))
}

function filesIn(folder: string, without: readonly string[] = []): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    paths
      .filter((path) => !without.some((top) => path === top || path.startsWith(`${top}/`)))
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [relative(folder, join(folder, path)), readFileSync(join(folder, path), 'utf8')]),
  )
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

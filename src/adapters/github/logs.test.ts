import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultRule } from '../../../test/github/faults.ts'
import type { GithubLookalike } from '../../../test/github/lookalike.ts'
import { ciFor, failedTest, shop, shopRun, startShop } from '../../../test/github/world.ts'
import { Terminal, Unavailable } from '../../base/errors.ts'
import type { GithubOptions } from './ci.ts'

let github: GithubLookalike
beforeEach(async () => {
  github = await startShop()
})
afterEach(() => github.close())

const lines = ['ok 1', 'not ok 2 - Grüße aus Köln', 'x'.repeat(100_000)]

/** Read the log of the job `test` of a new run as text; the answer itself when there is none. */
async function readLog(more: Parameters<typeof shopRun>[1] = failedTest, options: Partial<GithubOptions> = {}) {
  const { id } = await github.addRun(shopRun(lines, more))
  const ref = { repository: shop, externalId: id }
  const ci = ciFor(github, 'app', options)
  const job = (await ci.jobs(ref, 1)).find(({ name }) => name === 'test')
  if (job === undefined) throw new Error('the run has no job "test"')
  const answer = await ci.jobLog(ref, job)
  if (answer.kind === 'absent') return answer
  const parts: Uint8Array[] = []
  for await (const part of answer.bytes) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

const fault = (route: string, kind: FaultRule['fault'], times = 1) => github.fault({ route, fault: kind, times })
const absentFor = (because: string) => ({ kind: 'absent', because, sentence: expect.stringMatching(/.{20}/) })

describe('a log', () => {
  test('comes whole, without our credential ever reaching its host', async () => {
    const text = await readLog()
    for (const line of lines) expect(text).toContain(line)
    expect(await github.leaks()).toBe(0)
    expect(await github.counts()).toMatchObject({ 'job-log': 1, link: 1 })
  })

  test('whose link has expired is asked for again', async () => {
    await fault('link', { kind: 'status', status: 403 }, 2)
    expect(await readLog()).toContain(lines[1])
    expect(await github.counts()).toMatchObject({ 'job-log': 3, link: 3 })
  })

  test('whose links all expire is unavailable, after three tries', async () => {
    await fault('link', { kind: 'status', status: 403 }, 99)
    await expect(readLog()).rejects.toBeInstanceOf(Unavailable)
    expect(await github.counts()).toMatchObject({ link: 3 })
  })

  test('that breaks off in the middle fails with Unavailable', async () => {
    await fault('link', { kind: 'cut' })
    await expect(readLog()).rejects.toBeInstanceOf(Unavailable)
  })

  test('whose host is silent fails within the limit', async () => {
    await fault('link', { kind: 'slow', ms: 60_000 }, 3)
    const start = performance.now()
    await expect(readLog(failedTest, { limitMs: 300 })).rejects.toBeInstanceOf(Unavailable)
    expect(performance.now() - start).toBeLessThan(15_000)
  })

  test('of a job that still runs is not yet there', async () => {
    expect(await readLog({})).toMatchObject(absentFor('not-yet'))
  })

  test('that we may not read is forbidden', async () => {
    await fault('job-log', { kind: 'status', status: 403, message: 'Must have admin rights to Repository.' })
    expect(await readLog()).toMatchObject(absentFor('forbidden'))
  })

  test.each([404, 410])('that is past its retention (%i) is gone', async (status) => {
    await fault('job-log', { kind: 'status', status })
    await fault('run-log', { kind: 'status', status })
    expect(await readLog()).toMatchObject(absentFor('gone'))
  })

  test('behind a link to the host of the API, as an Enterprise server may give, is opened without our credential', async () => {
    const headers = { location: `${github.url}/user` }
    await fault('job-log', { kind: 'status', status: 302, headers }, 3)
    await expect(readLog()).rejects.toThrow(/answered 401/)
  })

  test('of a renamed repository is found where it moved', async () => {
    const { id } = await github.addRun(shopRun(lines, failedTest))
    const ref = { repository: shop, externalId: id }
    const job = (await ciFor(github).jobs(ref, 1)).find(({ name }) => name === 'test')
    const location = `${github.url}/repos/${shop}/actions/jobs/${job?.externalId}/logs`
    await fault('job-log', { kind: 'status', status: 301, headers: { location } })
    expect(await ciFor(github).jobLog(ref, job ?? { externalId: '0', name: '', attempt: 1 })).toMatchObject({
      kind: 'log',
    })
  })

  test('behind a link to no web address is refused', async () => {
    await fault('job-log', { kind: 'status', status: 302, headers: { location: 'file:///etc/passwd' } })
    await expect(readLog()).rejects.toThrow(/not a safe web address/)
  })

  test('is asked for with GitHub ids only', async () => {
    const { id } = await github.addRun(shopRun(lines, failedTest))
    const job = { externalId: '../../../user', name: 'test', attempt: 1 }
    expect(await ciFor(github).jobLog({ repository: shop, externalId: id }, job)).toMatchObject(absentFor('gone'))
    expect(await github.counts()).toEqual({})
  })
})

describe('a log that only the archive has', () => {
  const archived = { ...failedTest, archiveOnly: true }

  test('is taken out of it', async () => {
    expect(await readLog(archived)).toContain(lines[1])
    expect(await github.counts()).toMatchObject({ 'job-log': 1, 'run-log': 1 })
    expect(await github.leaks()).toBe(0)
  })

  test('is found by order when two jobs share a name', async () => {
    const jobs = [
      { name: 'test', log: ['the first'] },
      { name: 'test', log: ['the second'] },
    ]
    const { id } = await github.addRun({ repository: shop, jobs, archiveOnly: true, end: {} })
    const ref = { repository: shop, externalId: id }
    const ci = ciFor(github)
    const [, second] = await ci.jobs(ref, 1)
    if (second === undefined) throw new Error('the run has one job')
    const answer = await ci.jobLog(ref, second)
    const parts: Uint8Array[] = []
    if (answer.kind === 'log') for await (const part of answer.bytes) parts.push(part)
    expect(Buffer.concat(parts).toString()).toMatch(/the second/)
    expect(Buffer.concat(parts).toString()).not.toMatch(/the first/)
  })

  test('is fetched again when the archive came cut short', async () => {
    await fault('link', { kind: 'half' })
    expect(await readLog(archived)).toContain(lines[1])
  })

  test('ends with a clear error when the archive stays broken', async () => {
    await fault('link', { kind: 'half' }, 2)
    const error = await readLog(archived).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Terminal)
    expect(String(error)).toMatch(/cannot read the log archive of run \d+ in acme\/shop: .{10}/)
  })
})

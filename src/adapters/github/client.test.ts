import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultRule } from '../../../test/github/faults.ts'
import type { GithubLookalike } from '../../../test/github/lookalike.ts'
import { ciFor, failedTest, shop, shopRun, startShop } from '../../../test/github/world.ts'
import { Forbidden, Invalid, Terminal, Unavailable } from '../../base/errors.ts'
import type { RunRef } from '../ci.ts'

let github: GithubLookalike
let ref: RunRef
beforeEach(async () => {
  github = await startShop()
  ref = { repository: shop, externalId: (await github.addRun(shopRun(['not ok'], failedTest))).id }
})
afterEach(() => github.close())

const fault = (route: string, kind: FaultRule['fault'], times = 1) => github.fault({ route, fault: kind, times })

describe('a read', () => {
  test('is tried again over a 502, a 503 and a broken connection', async () => {
    await fault('run', { kind: 'status', status: 502 })
    await fault('run', { kind: 'status', status: 503 })
    await fault('run', { kind: 'drop' })
    expect(await ciFor(github).run(ref)).toMatchObject({ conclusion: 'failure' })
    expect((await github.counts()).run).toBe(4)
  })

  test('gives up after four tries', async () => {
    await fault('run', { kind: 'status', status: 502 }, 99)
    await expect(ciFor(github).run(ref)).rejects.toBeInstanceOf(Unavailable)
    expect((await github.counts()).run).toBe(4)
  })

  test('of a silent GitHub ends within its limit', async () => {
    await fault('run', { kind: 'slow', ms: 60_000 }, 99)
    const start = performance.now()
    await expect(ciFor(github, 'app', { limitMs: 100 }).run(ref)).rejects.toThrow(/no answer within 100 ms/)
    expect(performance.now() - start).toBeLessThan(15_000)
  })

  test('without the right is forbidden, and says what GitHub said', async () => {
    await fault('run', { kind: 'status', status: 403, message: 'Resource protected by organization SAML enforcement' })
    const error = await ciFor(github)
      .run(ref)
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Forbidden)
    expect(String(error)).toContain('SAML')
  })

  test('answered by something that is not GitHub is an error that trying again cannot help', async () => {
    await fault('run', { kind: 'garbage' })
    await expect(ciFor(github).run(ref)).rejects.toBeInstanceOf(Terminal)
  })

  test('of more jobs than fit on a page gets them all, in order', async () => {
    const jobs = Array.from({ length: 230 }, (_, index) => ({ name: `cell ${index}` }))
    const { id } = await github.addRun({ repository: shop, jobs, end: {} })
    const read = await ciFor(github).jobs({ repository: shop, externalId: id }, 1)
    expect(read.map((job) => job.name)).toEqual(jobs.map((job) => job.name))
  })

  test.each([
    { repository: 'acme/shop/../../user', externalId: '1' },
    { repository: '../..', externalId: '1' },
    { repository: shop, externalId: '1/../../..' },
    { repository: shop, externalId: '' },
  ])('of %o, which no vendor has, asks nobody', async (strange) => {
    expect(await ciFor(github).run(strange)).toBeUndefined()
    expect(await ciFor(github).jobs(strange, 1)).toEqual([])
    expect(await github.counts()).toEqual({})
  })
})

describe('a credential', () => {
  test('is never sent along a redirect to another host', async () => {
    const { id } = await github.addRun(shopRun(['not ok'], failedTest))
    await readOneLog(id)
    await fault('run', { kind: 'status', status: 301, headers: { location: 'http://127.0.0.1:9/stolen' } })
    await expect(ciFor(github).run(ref)).rejects.toThrow(/answered 301/)
    expect(await github.leaks()).toBe(0)
  })

  test('follows a renamed repository within the API', async () => {
    const location = `${github.url}/repos/${shop}/actions/runs/${ref.externalId}`
    await fault('run', { kind: 'status', status: 301, headers: { location } })
    expect(await ciFor(github).run(ref)).toMatchObject({ externalId: ref.externalId })
  })

  test('of an app is fetched once for many calls, and again when it ends', async () => {
    const ci = ciFor(github)
    await Promise.all(Array.from({ length: 10 }, () => ci.run(ref)))
    expect((await github.counts()).token).toBe(1)
    await github.expireTokens()
    await ci.run(ref)
    expect((await github.counts()).token).toBe(2)
  })

  test('that is wrong is an error without the credential in it', async () => {
    const wrong = ciFor({ ...github, token: 'ghp_leaked' }, 'token')
    const error = await wrong.run(ref).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Forbidden)
    expect(JSON.stringify(error) + String(error)).not.toContain('ghp_leaked')
  })

  test('of an unknown app says what to check', async () => {
    const wrong = ciFor({ ...github, app: { ...github.app, id: '1' } })
    await expect(wrong.run(ref)).rejects.toThrow(/check the app id/)
  })

  async function readOneLog(externalId: string): Promise<void> {
    const ci = ciFor(github)
    const [job] = await ci.jobs({ repository: shop, externalId }, 1)
    if (job) await ci.jobLog({ repository: shop, externalId }, job)
  }
})

describe('a rate limit', () => {
  test.each([
    ['429 with retry-after', { kind: 'status', status: 429, headers: { 'retry-after': '120' } }, 120_000, 120_000],
    ['403 with retry-after', { kind: 'status', status: 403, headers: { 'retry-after': '75' } }, 75_000, 75_000],
    [
      'a secondary limit without a header',
      { kind: 'status', status: 403, message: 'You have exceeded a secondary rate limit' },
      60_000,
      60_000,
    ],
  ] as const)('of %s says how long to wait, and nobody calls meanwhile', async (_what, limit, least, most) => {
    const ci = ciFor(github)
    await fault('run', limit)
    const error = await ci.run(ref).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Unavailable)
    expect((error as Unavailable).retryAfterMs).toBeGreaterThanOrEqual(least)
    expect((error as Unavailable).retryAfterMs).toBeLessThanOrEqual(most)
    const before = await github.counts()
    await expect(ci.jobs(ref, 1)).rejects.toBeInstanceOf(Unavailable)
    expect(await github.counts()).toEqual(before)
  })

  test('that used up the hour waits for its end', async () => {
    await github.setBudget({ remaining: 1, resetInMs: 600_000 })
    const ci = ciFor(github)
    await ci.run(ref)
    const error = await ci.run(ref).catch((caught: unknown) => caught)
    expect((error as Unavailable).retryAfterMs).toBeGreaterThan(590_000)
    expect((error as Unavailable).retryAfterMs).toBeLessThanOrEqual(602_000)
  })

  test('that asks for a moment only is waited out', async () => {
    await fault('run', { kind: 'status', status: 429, headers: { 'retry-after': '0' } })
    expect(await ciFor(github).run(ref)).toMatchObject({ conclusion: 'failure' })
  })

  test('that comes near stops polling before it stops mending', async () => {
    await github.setBudget({ remaining: 400, resetInMs: 600_000 })
    const ci = ciFor(github)
    await ci.run(ref)
    await expect(ci.runsSince(shop, new Date())).rejects.toMatchObject({ code: 'unavailable' })
    expect(await ci.run(ref)).toMatchObject({ conclusion: 'failure' })
  })
})

test.each(['ftp://x', 'not an address', 'https://user:pass@host', 'https://host/?q=1'])(
  'the base address "%s" is refused',
  (baseUrl) => {
    expect(() => ciFor(github, 'app', { baseUrl })).toThrow(Invalid)
  },
)

test('a token that cannot be one is refused without being repeated', () => {
  const refuse = () => ciFor({ ...github, token: 'ghp_one\nghp_two' }, 'token')
  expect(refuse).toThrow(/the token of connection acme holds blanks/)
  expect(refuse).not.toThrow(/ghp_/)
})

describe('runs that changed', () => {
  const since = () => new Date(Date.now() - 3_600_000)
  const old = new Date(Date.now() - 3 * 86_400_000).toISOString()

  test('are found on every page', async () => {
    for (let index = 0; index < 120; index++) await github.addRun(shopRun(['…'], failedTest))
    expect(await ciFor(github).runsSince(shop, since())).toHaveLength(121)
  })

  test('are found when an old run runs again', async () => {
    const { id } = await github.addRun(shopRun(['…'], { ...failedTest, createdAt: old }))
    await github.rerunBy(id, 'grace')
    const ids = (await ciFor(github).runsSince(shop, since())).map((run) => run.externalId)
    expect(ids).toContain(id)
  })

  test('are found when an old run, open at the last look, ended without a word', async () => {
    const { id } = await github.addRun(shopRun(['…'], { createdAt: old }))
    const ci = ciFor(github)
    expect(await ci.runsSince(shop, since())).toContainEqual(
      expect.objectContaining({ externalId: id, status: 'in_progress' }),
    )
    await github.finish(id, { jobs: { test: 'failure' } })
    expect(await ci.runsSince(shop, since())).toContainEqual(
      expect.objectContaining({ externalId: id, conclusion: 'failure' }),
    )
  })
})

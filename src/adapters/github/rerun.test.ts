import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { GithubLookalike } from '../../../test/github/lookalike.ts'
import { ciFor, failedTest, shop, shopRun, startShop } from '../../../test/github/world.ts'
import { Unavailable } from '../../base/errors.ts'
import type { RerunRequest } from '../ci.ts'

let github: GithubLookalike
beforeEach(async () => {
  github = await startShop()
})
afterEach(() => github.close())

async function failedRun(more: Parameters<typeof shopRun>[1] = {}): Promise<RerunRequest> {
  const { id, sha } = await github.addRun(shopRun(['not ok'], { ...failedTest, ...more }))
  return { repository: shop, externalId: id, attempt: 1, sha, jobs: ['test'], options: {}, idempotencyKey: `key-${id}` }
}

const sent = async () => (await github.counts())['rerun-failed-jobs'] ?? 0
const refusedFor = (because: string, words: RegExp) => ({
  kind: 'refused',
  because,
  sentence: expect.stringMatching(words),
})

describe('a rerun whose answer got lost is looked up, not sent again', () => {
  test.each([
    ['the connection ended after it began', { kind: 'drop-after' }],
    ['a proxy said 502 after it began', { kind: 'status-after', status: 502 }],
    ['a proxy said 504 after it began', { kind: 'status-after', status: 504 }],
  ] as const)('when %s', async (_what, fault) => {
    const request = await failedRun()
    await github.fault({ route: 'rerun-failed-jobs', fault })
    expect(await ciFor(github).rerunFailed(request)).toMatchObject({ kind: 'done', attempt: 2, already: true })
    expect([await sent(), await github.reruns(request.externalId)]).toEqual([1, 1])
  })

  test('when it only began after we stopped waiting', async () => {
    const request = await failedRun()
    await github.fault({ route: 'rerun-failed-jobs', fault: { kind: 'slow', ms: 1_500 } })
    await expect(ciFor(github, 'app', { limitMs: 500 }).rerunFailed(request)).rejects.toBeInstanceOf(Unavailable)
    await vi.waitFor(async () => expect(await github.reruns(request.externalId)).toBe(1), 10_000)
    expect(await ciFor(github).rerunFailed(request)).toMatchObject({ kind: 'done', attempt: 2, already: true })
    expect([await sent(), await github.reruns(request.externalId)]).toEqual([1, 1])
  })

  test('when GitHub does not show the new attempt yet', async () => {
    const request = await failedRun()
    await github.setLag(250)
    const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 10))
    expect(await ciFor(github, 'app', { pause }).rerunFailed(request)).toMatchObject({ kind: 'done', attempt: 2 })
    expect(await ciFor(github, 'app', { pause }).rerunFailed(request)).toMatchObject({ kind: 'done', already: true })
    expect(await github.reruns(request.externalId)).toBe(1)
  })

  test('when GitHub took it and fell silent: its word counts', async () => {
    const request = await failedRun()
    const ci = ciFor(github)
    const before = await ci.run(request)
    expect(before).toMatchObject({ attempt: 1 })
    const headers = { 'retry-after': '600' }
    await github.fault({ route: 'attempt', fault: { kind: 'status', status: 429, headers }, times: 99 })
    expect(await ci.rerunFailed(request)).toMatchObject({ kind: 'done', attempt: 2, already: false })
    expect(await sent()).toBe(1)
  })

  test('when another process sent it and GitHub still shows the old attempt', async () => {
    const request = await failedRun()
    await github.rerunBy(request.externalId, 'mendline[bot]')
    await github.setLag(250)
    const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 10))
    expect(await ciFor(github, 'app', { pause }).rerunFailed(request)).toMatchObject({ kind: 'done', already: true })
    expect(await github.reruns(request.externalId)).toBe(1)
  })
})

describe('a rerun that never reached GitHub', () => {
  test.each([
    ['a 502', { kind: 'status', status: 502 }],
    ['a 503', { kind: 'status', status: 503 }],
    ['a broken connection', { kind: 'drop' }],
  ] as const)('because of %s is unavailable, sent once, and works when asked again', async (_what, fault) => {
    const request = await failedRun()
    const ci = ciFor(github)
    await github.fault({ route: 'rerun-failed-jobs', fault })
    await expect(ci.rerunFailed(request)).rejects.toBeInstanceOf(Unavailable)
    expect([await sent(), await github.reruns(request.externalId)]).toEqual([1, 0])
    expect(await ci.rerunFailed(request)).toMatchObject({ kind: 'done', attempt: 2, already: false })
    expect([await sent(), await github.reruns(request.externalId)]).toEqual([2, 1])
  })

  test('because of a rate limit says how long to wait', async () => {
    const request = await failedRun()
    const headers = { 'retry-after': '90' }
    await github.fault({ route: 'rerun-failed-jobs', fault: { kind: 'status', status: 429, headers } })
    await expect(ciFor(github).rerunFailed(request)).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterMs: 90_000,
    })
    expect([await sent(), await github.reruns(request.externalId)]).toEqual([1, 0])
  })
})

describe('a rerun is refused', () => {
  test('after 30 days, without asking GitHub', async () => {
    const createdAt = new Date(Date.now() - 31 * 86_400_000).toISOString()
    const request = await failedRun({ createdAt })
    expect(await ciFor(github).rerunFailed(request)).toMatchObject(refusedFor('too-old', /30 days/))
    expect(await sent()).toBe(0)
  })

  test('after 50 reruns, without asking GitHub', async () => {
    const request = { ...(await failedRun({ attempt: 51 })), attempt: 51 }
    expect(await ciFor(github).rerunFailed(request)).toMatchObject(refusedFor('too-many', /50 times/))
    expect(await sent()).toBe(0)
  })

  test('when a person was faster, who is named', async () => {
    const request = await failedRun()
    await github.rerunBy(request.externalId, 'grace')
    expect(await ciFor(github).rerunFailed(request)).toMatchObject(refusedFor('state-changed', /rerun by grace/))
    expect(await github.reruns(request.externalId)).toBe(1)
  })

  test('when we began the next attempt and a person the one after it, ours is found', async () => {
    const request = await failedRun()
    await ciFor(github).rerunFailed(request)
    await github.finish(request.externalId, { jobs: { test: 'failure' } })
    await github.rerunBy(request.externalId, 'grace')
    expect(await ciFor(github).rerunFailed(request)).toMatchObject({ kind: 'done', attempt: 2, already: true })
  })

  test('when the token may not write, in the words of GitHub', async () => {
    const request = await failedRun()
    const message = 'Resource not accessible by integration'
    await github.fault({ route: 'rerun-failed-jobs', fault: { kind: 'status', status: 403, message } })
    expect(await ciFor(github).rerunFailed(request)).toMatchObject(
      refusedFor('no-permission', /Resource not accessible/),
    )
  })

  test.each([404, 410])('when GitHub answers %i', async (status) => {
    const request = await failedRun()
    await github.fault({ route: 'rerun-failed-jobs', fault: { kind: 'status', status } })
    expect(await ciFor(github).rerunFailed(request)).toMatchObject(refusedFor('gone', /knows no run/))
  })

  test('when the repository was renamed, with what to do', async () => {
    const request = await failedRun()
    await github.fault({
      route: 'rerun-failed-jobs',
      fault: { kind: 'status', status: 307, headers: { location: '/x' } },
    })
    expect(await ciFor(github).rerunFailed(request)).toMatchObject(refusedFor('gone', /another name now/))
  })

  test('in a repository that is not configured, before any call', async () => {
    const request = await failedRun()
    const elsewhere = ciFor(github, 'app', { repositories: ['acme/other'] })
    expect(await elsewhere.rerunFailed(request)).toMatchObject(
      refusedFor('no-permission', /not among the repositories/),
    )
    expect(await elsewhere.stop({ ...request, reason: 'hangs' })).toMatchObject(refusedFor('no-permission', /./))
    expect(await github.counts()).toEqual({})
  })
})

test('jobs that depend on the failed one run again with it, the others are carried over', async () => {
  const request = await failedRun()
  await github.script({ repository: shop, jobs: {} })
  const ci = ciFor(github)
  await ci.rerunFailed(request)
  await vi.waitFor(
    async () => expect(await ci.run(request)).toMatchObject({ attempt: 2, conclusion: 'success' }),
    10_000,
  )
  const first = await ci.jobs(request, 1)
  const second = await ci.jobs(request, 2)
  expect(second.map((job) => [job.name, job.conclusion])).toEqual([
    ['build', 'success'],
    ['test', 'success'],
    ['publish', 'success'],
  ])
  expect(second[0]?.startedAt).toEqual(first[0]?.startedAt)
})

test('two calls at once begin one rerun, even one that ends before the second call is sent', async () => {
  const request = await failedRun()
  await github.script({ repository: shop, jobs: { test: 'failure' }, afterMs: 0 })
  const ci = ciFor(github)
  const answers = await Promise.all([ci.rerunFailed(request), ci.rerunFailed(request), ci.rerunFailed(request)])
  expect(answers).toMatchObject([{ already: false }, { already: true }, { already: true }])
  expect(await github.reruns(request.externalId)).toBe(1)
})

test('a token that ended early is renewed, and the rerun is still one', async () => {
  const request = await failedRun()
  const ci = ciFor(github)
  await ci.run(request)
  await github.expireTokens()
  expect(await ci.rerunFailed(request)).toMatchObject({ kind: 'done', attempt: 2 })
  expect(await github.reruns(request.externalId)).toBe(1)
  expect((await github.counts()).token).toBe(2)
})

test('a cancel whose answer got lost is found done', async () => {
  const { id, sha } = await github.addRun(shopRun(['…']))
  await github.fault({ route: 'cancel', fault: { kind: 'drop-after' } })
  const stop = { repository: shop, externalId: id, attempt: 1, sha, jobs: [], reason: 'hangs', idempotencyKey: 'k' }
  expect(await ciFor(github).stop(stop)).toMatchObject({ kind: 'done', already: true })
  expect((await github.counts()).cancel).toBe(1)
})

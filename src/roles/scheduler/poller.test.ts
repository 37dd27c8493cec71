import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { GithubLookalike } from '../../../test/github/lookalike.ts'
import { ciFor, failedTest, shop, shopRun, startShop } from '../../../test/github/world.ts'
import type { Connection } from '../../adapters/connection.ts'
import { githubHook } from '../../adapters/github/hook.ts'
import { type Clock, systemClock } from '../../base/clock.ts'
import { silentLogger } from '../../engine/telemetry/logger.ts'
import type { NewEvent } from '../../model/events.ts'
import { createPoller } from './poller.ts'

const other = 'acme/other'
let github: GithubLookalike
beforeEach(async () => {
  github = await startShop()
  await github.addRepository({ repository: other })
})
afterEach(() => github.close())

function connection(repositories: readonly string[] = [shop], id = 'acme'): Connection {
  return {
    id,
    vendor: 'github',
    secrets: [],
    hook: githubHook,
    ci: ciFor(github, 'app', { repositories, connection: id }),
  }
}

/** A log that drops what it has, and marks, as the database keeps them. */
function memory(options: { readonly failing?: number } = {}) {
  const events = new Map<string, NewEvent>()
  const marks = new Map<string, Date>()
  let failures = options.failing ?? 0
  return {
    marks,
    types: () => [...events.values()].map((event) => event.type),
    keys: () => [...events.keys()],
    deps: {
      append: async (more: readonly NewEvent[]) => {
        if (failures-- > 0) throw new Error('the database is away')
        for (const event of more) if (!events.has(event.dedupeKey ?? '')) events.set(event.dedupeKey ?? '', event)
      },
      marks: {
        read: async (id: string, repository: string) => marks.get(`${id} ${repository}`),
        write: async (id: string, repository: string, at: Date) => void marks.set(`${id} ${repository}`, at),
      },
      clock: systemClock as Clock,
      logger: silentLogger(),
      everyMs: 10,
    },
  }
}

test('a failure whose webhooks were all lost is reported, its jobs before it', async () => {
  await github.addRun(shopRun(['not ok'], failedTest))
  const kept = memory()
  await createPoller({ ...kept.deps, connections: [connection()] }).once()
  expect(kept.types()).toEqual(['job.reported', 'job.reported', 'job.reported', 'run.reported'])
})

test('what was told by webhook or by an earlier look is told with the same key', async () => {
  await github.addRun(shopRun(['not ok'], failedTest))
  const kept = memory()
  const poller = createPoller({ ...kept.deps, connections: [connection()] })
  await poller.once()
  await poller.once()
  expect(kept.keys()).toHaveLength(4)
  const heard = (await github.deliveries()).flatMap(({ event, payload }) => {
    const answer = githubHook.read({
      connection: 'acme',
      headers: { 'x-github-event': event },
      body: Buffer.from(payload),
    })
    return answer.kind === 'events' ? answer.events.map((each) => each.dedupeKey) : []
  })
  expect(heard).toEqual(expect.arrayContaining(kept.keys()))
})

test('for the jobs of an ended run that did not change nobody asks again', async () => {
  await github.addRun(shopRun(['not ok'], failedTest))
  const poller = createPoller({ ...memory().deps, connections: [connection()] })
  for (let look = 0; look < 3; look += 1) await poller.once()
  const { runs, jobs } = await github.counts()
  expect({ runs, jobs }).toEqual({ runs: 9, jobs: 1 })
})

test('each later change is reported once', async () => {
  const { id } = await github.addRun(shopRun(['…']))
  const kept = memory()
  const poller = createPoller({ ...kept.deps, connections: [connection()] })
  await poller.once()
  await github.finish(id, { jobs: { test: 'failure' } })
  await poller.once()
  await github.rerunBy(id, 'grace')
  await poller.once()
  const runs = kept.keys().filter((key) => key.startsWith('run/'))
  expect(runs.map((key) => key.split('/').slice(3).join(' '))).toEqual([
    '1 in_progress -',
    '1 completed failure',
    '2 in_progress -',
  ])
})

test('a repository that cannot be read does not keep others from being looked at, and is looked at again', async () => {
  await github.addRun(shopRun(['not ok'], failedTest))
  await github.addRun({ repository: other, jobs: [{ name: 'a' }], end: { jobs: { a: 'failure' } } })
  await github.fault({ route: 'runs', fault: { kind: 'status', status: 403, message: 'Resource not accessible' } })
  const kept = memory()
  const poller = createPoller({ ...kept.deps, connections: [connection([shop, other])] })
  await poller.once()
  expect([...kept.marks.keys()]).toEqual([`acme ${other}`])
  await poller.once()
  expect(kept.types().filter((type) => type === 'run.reported')).toHaveLength(2)
})

test('a run whose jobs cannot be read is reported without them', async () => {
  await github.addRun(shopRun(['not ok'], failedTest))
  await github.fault({ route: 'jobs', fault: { kind: 'garbage' } })
  const kept = memory()
  await createPoller({ ...kept.deps, connections: [connection()] }).once()
  expect(kept.types()).toEqual(['run.reported'])
})

test('a rate limit silences its connection for as long as the vendor asks, and no other', async () => {
  await github.addRun(shopRun(['not ok'], failedTest))
  await github.fault({ route: 'runs', fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' } } })
  const kept = memory()
  let nowMs = 0
  const clock: Clock = { now: () => new Date(), monotonicMs: () => nowMs }
  const limited = { ...connection([shop, other]), ci: ciFor(github, 'app', { repositories: [shop, other], clock }) }
  const poller = createPoller({ ...kept.deps, clock, connections: [limited] })
  await poller.once()
  await poller.once()
  expect((await github.counts()).runs).toBe(1)
  const free = createPoller({ ...kept.deps, clock, connections: [limited, connection([shop], 'second')] })
  await free.once()
  expect([...kept.marks.keys()]).toContain(`second ${shop}`)
  nowMs = 121_000
  await poller.once()
  expect([...kept.marks.keys()]).toEqual(expect.arrayContaining([`acme ${shop}`, `acme ${other}`]))
})

test('events that could not be kept are reported by the next look', async () => {
  await github.addRun(shopRun(['not ok'], failedTest))
  const kept = memory({ failing: 1 })
  const poller = createPoller({ ...kept.deps, connections: [connection()] })
  await poller.once()
  expect([kept.types(), [...kept.marks.keys()]]).toEqual([[], []])
  await poller.once()
  expect(kept.types()).toContain('run.reported')
})

test('failures from before we came are left alone', async () => {
  await github.addRun(shopRun(['not ok'], failedTest))
  const kept = memory()
  const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + 2 * 3_600_000) }
  await createPoller({ ...kept.deps, clock, connections: [connection()] }).once()
  expect(kept.types()).toEqual([])
})

test('it looks again and again until it is stopped', async () => {
  const kept = memory()
  const poller = createPoller({ ...kept.deps, connections: [connection()] })
  poller.start()
  await vi.waitFor(async () => expect((await github.counts()).runs).toBeGreaterThan(9), 10_000)
  await poller.stop()
  const after = (await github.counts()).runs
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await github.counts()).runs).toBe(after)
})

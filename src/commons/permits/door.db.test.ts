import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { Conflict, NotFound } from '../../base/errors.ts'
import type { Store } from '../../engine/database/database.ts'
import type { BoundState } from '../../model/permit.ts'
import { defaultPolicy, type Policy } from '../../model/policy.ts'
import type { Mode, RemedyKind } from '../../model/remedy.ts'
import { createPermits } from './door.ts'
import type { PermitNews, PermitRequest, Permits } from './permits.ts'
import { engageStop, releaseStop, removeStopFile, writeStopFile } from './stop.ts'

let store: Store
let dataDir: string
let permits: Permits
let now: Date
let told: { flowId: string; topic: string; news: PermitNews }[]

beforeAll(async () => {
  store = await testStore()
  dataDir = await mkdtemp(join(tmpdir(), 'permits-'))
})

beforeEach(async () => {
  await sql`truncate permits, permit_budget, recent_failures, mass_failures, autonomy, events cascade`.execute(store.db)
  now = new Date('2026-03-04T10:00:00Z')
  told = []
  permits = createPermits({
    store,
    dataDir,
    clock: { now: () => now, monotonicMs: () => 0 },
    redact: (text) => text,
    tell: async (_db, flowId, topic, news) => void told.push({ flowId, topic, news }),
  })
})

const harmless = { path: '.github/workflows/ci.yml', text: 'jobs: { test: { steps: [{ run: npm test }] } }' }
const publishing = { path: '.github/workflows/ci.yml', text: 'jobs: { test: { steps: [{ run: npm publish }] } }' }

function policyWith(mode: Mode, budget: Partial<Policy['budget']> = {}): Policy {
  const remedies = Object.fromEntries(
    Object.entries(defaultPolicy.remedies).map(([kind, own]) => [kind, { ...own, mode }]),
  ) as Record<RemedyKind, Policy['remedies'][RemedyKind]>
  return { ...defaultPolicy, remedies, budget: { ...defaultPolicy.budget, ...budget } }
}

let count = 0
function request(change: Partial<Omit<PermitRequest, 'bound'>> & { bound?: Partial<BoundState> } = {}): PermitRequest {
  count += 1
  return {
    flowId: `flow-${count}`,
    plan: { remedy: 'rerun-failed', waitMs: 0, why: 'the network failed' },
    policy: policyWith('auto'),
    family: 'fam',
    runCreatedAt: new Date(now.getTime() - 60_000),
    definition: harmless,
    minutes: 5,
    ...change,
    bound: {
      vendor: 'github',
      connection: 'gh',
      repository: 'acme/shop',
      runId: `gh/${count}`,
      attempt: 1,
      sha: 'a'.repeat(40),
      pipeline: 'ci',
      jobs: ['test'],
      ...change.bound,
    },
  }
}

async function eventTypes(): Promise<readonly string[]> {
  const { rows } = await sql<{ type: string }>`select type from events order by position`.execute(store.db)
  return rows.map((row) => row.type)
}

async function spent(repository = 'acme/shop'): Promise<{ reruns: number; minutes: number }> {
  const { rows } = await sql<{ reruns: number; minutes: number }>`
    select reruns, minutes from permit_budget where repository = ${repository}`.execute(store.db)
  return rows[0] ?? { reruns: 0, minutes: 0 }
}

describe('asking', () => {
  test('what nothing forbids is granted, written down with its event, and spends the budget', async () => {
    const permit = await permits.ask(request())
    expect(permit).toMatchObject({ state: 'granted', decidedBy: 'policy', reasons: [] })
    expect(await eventTypes()).toEqual(['permit.granted'])
    expect(await spent()).toEqual({ reruns: 1, minutes: 5 })
    expect(await permits.find(permit.id)).toEqual(permit)
  })

  test('asking again gives the same permit, also when ten ask at once', async () => {
    const same = request()
    const answers = await Promise.all(Array.from({ length: 10 }, () => permits.ask(same)))
    expect(new Set(answers.map((permit) => permit.id)).size).toBe(1)
    expect(await eventTypes()).toEqual(['permit.granted'])
    expect(await spent()).toEqual({ reruns: 1, minutes: 5 })
  })

  test('what was granted but could not be done is given back once, and an effect that happened is not', async () => {
    const { id } = await permits.ask(request())
    for (let times = 0; times < 2; times += 1) {
      const reasons = [{ code: 'state-changed', sentence: 'The vendor says no.' }]
      expect(await permits.giveBack(id, 'The vendor says no.')).toMatchObject({ state: 'void', reasons })
      expect(await spent()).toEqual({ reruns: 0, minutes: 0 })
    }
    const done = await permits.ask(request())
    await permits.use(done.id, {})
    expect((await permits.giveBack(done.id, 'The vendor says no.')).state).toBe('used')
    expect(await spent()).toEqual({ reruns: 1, minutes: 5 })
  })

  test('in a transaction that is rolled back nothing was asked', async () => {
    const asked = store.db.transaction().execute(async (tx) => {
      await permits.ask(request(), tx)
      throw new Error('crash')
    })
    await expect(asked).rejects.toThrow('crash')
    expect(await eventTypes()).toEqual([])
    expect(await permits.list()).toEqual([])
  })

  test('a side effect is asked of a person, and spends nothing yet', async () => {
    const permit = await permits.ask(request({ definition: publishing }))
    expect(permit).toMatchObject({ state: 'asked', reasons: [{ code: 'side-effect' }] })
    expect(permit.expiresAt).toBeDefined()
    expect(await spent()).toEqual({ reruns: 0, minutes: 0 })
  })

  test('a third rerun of a run for one failure is refused', async () => {
    const bound = { runId: 'gh/same' }
    const states: string[] = []
    for (const attempt of [1, 2, 3]) states.push((await permits.ask(request({ bound: { ...bound, attempt } }))).state)
    expect(states).toEqual(['granted', 'granted', 'refused'])
  })

  test('foreign text that the database cannot hold is kept as far as possible', async () => {
    const permit = await permits.ask(request({ bound: { jobs: ['te\0st'], pipeline: '\ud800' } }))
    expect(permit.state).toBe('asked')
  })

  test('budgets are never exceeded, however many ask at once', async () => {
    const policy = policyWith('auto', { rerunsPerDay: 7, minutesPerDay: 30 })
    const minutes = [3, 9, 4, 8, 1, 2, 7, 5, 6, 3, 9, 1, 4, 2, 8, 1, 1, 5, 6, 2]
    const answers = await Promise.all(
      minutes.map((each, index) => permits.ask(request({ policy, minutes: each, family: `family-${index}` }))),
    )
    const granted = answers.filter((permit) => permit.state === 'granted')
    const total = await spent()
    expect(total.reruns).toBe(granted.length)
    expect(total.reruns).toBeLessThanOrEqual(7)
    expect(total.minutes).toBeLessThanOrEqual(30)
    expect(
      answers
        .filter((permit) => permit.state === 'refused')
        .every((permit) => permit.reasons[0]?.code === 'budget-day'),
    ).toBe(true)
  })

  test('the budget of a new day is new', async () => {
    const policy = policyWith('auto', { rerunsPerDay: 1 })
    expect((await permits.ask(request({ policy }))).state).toBe('granted')
    expect((await permits.ask(request({ policy }))).state).toBe('refused')
    now = new Date('2026-03-05T00:00:01Z')
    expect((await permits.ask(request({ policy }))).state).toBe('granted')
  })

  test('a remedy that failed in two runs in a row waits, and one success ends that', async () => {
    for (const proven of [false, false]) {
      await permits.settle((await permits.ask(request())).id, proven)
    }
    expect(await permits.ask(request())).toMatchObject({ state: 'refused', reasons: [{ code: 'backing-off' }] })
    now = new Date(now.getTime() + 15 * 60_000)
    const next = await permits.ask(request())
    expect(next.state).toBe('granted')
    now = new Date(now.getTime() + 1_000)
    await permits.settle(next.id, true)
    expect((await permits.ask(request())).state).toBe('granted')
  })
})

describe('a person answers', () => {
  test('yes grants it, wakes the flow and spends the budget', async () => {
    const asked = await permits.ask(request({ definition: publishing }))
    const granted = await permits.answer(asked.id, { by: 'mo', yes: true }, asked.bound)
    expect(granted).toMatchObject({ state: 'granted', decidedBy: 'mo' })
    expect(told).toEqual([{ flowId: asked.flowId, topic: 'permit', news: { permit: asked.id, state: 'granted' } }])
    expect(await eventTypes()).toEqual(['permit.asked', 'permit.granted'])
    expect(await spent()).toEqual({ reruns: 1, minutes: 5 })
  })

  test('no refuses it with what they said', async () => {
    const asked = await permits.ask(request({ definition: publishing }))
    const refused = await permits.answer(asked.id, { by: 'mo', yes: false, why: 'it is out already' }, asked.bound)
    expect(refused.state).toBe('refused')
    expect(refused.reasons.at(-1)).toEqual({ code: 'person', sentence: 'mo said no: it is out already' })
    expect(told).toHaveLength(1)
  })

  test('two answers at once: one counts, the other is told so', async () => {
    const asked = await permits.ask(request({ definition: publishing }))
    const answers = await Promise.allSettled([
      permits.answer(asked.id, { by: 'mo', yes: true }, asked.bound),
      permits.answer(asked.id, { by: 'jo', yes: false }, asked.bound),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(answers.find((answer) => answer.status === 'rejected')?.reason).toBeInstanceOf(Conflict)
    expect(told).toHaveLength(1)
  })

  test('a permit that nobody knows cannot be answered', async () => {
    await expect(permits.answer('nope', { by: 'mo', yes: true }, request().bound)).rejects.toThrow(NotFound)
  })

  test('after its time it is expired, by the clock or by the answer that came too late', async () => {
    const [first, second] = [
      await permits.ask(request({ definition: publishing })),
      await permits.ask(request({ definition: publishing })),
    ]
    now = new Date(now.getTime() + 86_400_000)
    expect((await permits.answer(first.id, { by: 'mo', yes: true }, first.bound)).state).toBe('expired')
    expect(await permits.tick()).toBe(1)
    expect(await permits.find(second.id)).toMatchObject({ state: 'expired' })
    expect(await permits.tick()).toBe(0)
    expect(told.map(({ flowId }) => flowId).sort()).toEqual([first.flowId, second.flowId].sort())
  })
})

describe('bound to the exact state', () => {
  const changes: readonly Partial<BoundState>[] = [
    { vendor: 'native' },
    { connection: 'other' },
    { repository: 'acme/other' },
    { runId: 'gh/other' },
    { attempt: 2 },
    { sha: 'b'.repeat(40) },
    { pipeline: 'other' },
    { jobs: [] },
    { jobs: ['test', 'lint'] },
    { jobs: ['Test'] },
  ]
  test.each(changes)('%j voids a grant before its effect and gives its budget back', async (change) => {
    const permit = await permits.ask(request())
    const checked = await permits.recheck(permit.id, { ...permit.bound, ...change })
    expect(checked).toMatchObject({ state: 'void', reasons: [{ code: 'state-changed' }] })
    expect(await spent()).toEqual({ reruns: 0, minutes: 0 })
    await expect(permits.use(permit.id, {})).rejects.toThrow(Conflict)
  })

  test.each(changes)('%j voids a permit that a person would grant', async (change) => {
    const asked = await permits.ask(request({ definition: publishing }))
    const answered = await permits.answer(asked.id, { by: 'mo', yes: true }, { ...asked.bound, ...change })
    expect(answered.state).toBe('void')
    expect(told[0]?.news.state).toBe('void')
  })

  test('any change at all voids it', async () => {
    const text = fc.string({ minLength: 1, maxLength: 8 })
    const state = fc.record({
      vendor: text,
      connection: text,
      repository: text,
      runId: text,
      attempt: fc.nat(),
      sha: text,
      pipeline: text,
      jobs: fc.array(text, { maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(state, async (other) => {
        const permit = await permits.ask(
          request({ policy: policyWith('auto', { rerunsPerDay: 1e6, minutesPerDay: 1e6 }) }),
        )
        return (await permits.recheck(permit.id, other)).state === 'void'
      }),
      { numRuns: 25 },
    )
  })

  test('the order of the jobs is no change', async () => {
    const permit = await permits.ask(
      request({ bound: { jobs: ['b', 'a'] }, definition: { path: 'x.yml', text: 'jobs: { a: {}, b: {} }' } }),
    )
    expect((await permits.recheck(permit.id, { ...permit.bound, jobs: ['a', 'b'] })).state).toBe('granted')
  })
})

describe('used at most once', () => {
  test('ten uses at once leave one receipt and one event', async () => {
    const permit = await permits.ask(request())
    await permits.recheck(permit.id, permit.bound)
    const used = await Promise.all(Array.from({ length: 10 }, (_, index) => permits.use(permit.id, { index })))
    expect(new Set(used.map((each) => JSON.stringify(each.receipt))).size).toBe(1)
    expect((await eventTypes()).filter((type) => type === 'permit.used')).toHaveLength(1)
    expect((await permits.recheck(permit.id, { ...permit.bound, attempt: 2 })).state).toBe('used')
  })

  test('whatever is done in whatever order, a permit is used at most once and never without a grant', async () => {
    const step = fc.constantFrom('yes', 'no', 'recheck', 'changed', 'use', 'tick')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.boolean(), async (steps, risky) => {
        await sql`truncate permits, permit_budget, events cascade`.execute(store.db)
        const permit = await permits.ask(request({ definition: risky ? publishing : harmless }))
        for (const each of steps) await perform(each, permit.id, permit.bound).catch(expectConflict)
        const types = await eventTypes()
        const [granted, used] = ['permit.granted', 'permit.used'].map(
          (type) => types.filter((each) => each === type).length,
        )
        expect(used).toBeLessThanOrEqual(1)
        expect(granted).toBeLessThanOrEqual(1)
        if (used === 1) expect(granted).toBe(1)
        const { state } = (await permits.find(permit.id)) ?? {}
        expect(await spent()).toMatchObject({ reruns: state === 'granted' || state === 'used' ? 1 : 0 })
      }),
      { numRuns: 40 },
    )
  })

  async function perform(step: string, id: string, bound: BoundState): Promise<unknown> {
    switch (step) {
      case 'yes':
        return await permits.answer(id, { by: 'mo', yes: true }, bound)
      case 'no':
        return await permits.answer(id, { by: 'mo', yes: false }, bound)
      case 'recheck':
        return await permits.recheck(id, bound)
      case 'changed':
        return await permits.recheck(id, { ...bound, attempt: 2 })
      case 'use':
        return await permits.use(id, { ok: true })
      default:
        return await permits.tick()
    }
  }

  function expectConflict(error: unknown): void {
    expect(error).toBeInstanceOf(Conflict)
  }
})

describe('the stop switch', () => {
  test('engaged for all machines: refused, voided right before the effect, and no person grants', async () => {
    const granted = await permits.ask(request())
    const asked = await permits.ask(request({ definition: publishing }))
    await engageStop(dataDir, store.db, { by: 'mo', why: 'fire', since: now })
    try {
      expect(await permits.stopped()).toBeDefined()
      expect(await permits.ask(request())).toMatchObject({ state: 'refused', reasons: [{ code: 'stopped' }] })
      expect(await permits.recheck(granted.id, granted.bound)).toMatchObject({
        state: 'void',
        reasons: [{ code: 'stopped' }],
      })
      await expect(permits.answer(asked.id, { by: 'mo', yes: true }, asked.bound)).rejects.toThrow(/stopped by mo/)
      expect((await permits.find(asked.id))?.state).toBe('asked')
    } finally {
      await releaseStop(dataDir, store.db, 'mo')
    }
    expect((await permits.ask(request())).state).toBe('granted')
  })

  test('the file alone stops this machine', async () => {
    await writeStopFile(dataDir, { by: 'mo', why: 'fire', since: now })
    try {
      expect(await permits.ask(request())).toMatchObject({ state: 'refused', reasons: [{ code: 'stopped' }] })
    } finally {
      await removeStopFile(dataDir)
    }
  })

  test('once it is engaged nothing is granted any more, however it races with those who ask', async () => {
    const policy = policyWith('auto', { rerunsPerDay: 1_000, minutesPerDay: 10_000 })
    const asking = Array.from({ length: 20 }, (_, index) =>
      permits.ask(request({ policy, bound: { repository: `acme/${index}` }, family: `race-${index}` })),
    )
    await engageStop(dataDir, store.db, { by: 'mo', why: 'fire', since: now })
    try {
      await Promise.all(asking)
      const { rows } = await sql<{ type: string }>`select type from events order by position`.execute(store.db)
      const stop = rows.findIndex((row) => row.type === 'stop.engaged')
      expect(rows.slice(stop + 1).filter((row) => row.type === 'permit.granted')).toEqual([])
    } finally {
      await releaseStop(dataDir, store.db, 'mo')
    }
  })
})

describe('many like failures at once', () => {
  async function failEverywhere(family: string): Promise<void> {
    for (const repository of ['acme/a', 'acme/b', 'acme/c'])
      await permits.noteFailure({ family, repository, runId: `gh/${repository}`, attempt: 1, at: now })
  }
  const inRepository = (repository: string) => request({ bound: { repository }, family: 'outage' })

  test('all but one wait; when the one is proven, all go on', async () => {
    await failEverywhere('outage')
    const probe = await permits.ask(inRepository('acme/a'))
    const held = [await permits.ask(inRepository('acme/b')), await permits.ask(inRepository('acme/c'))]
    expect(probe.state).toBe('granted')
    expect(held).toMatchObject([
      { state: 'asked', reasons: [{ code: 'mass-failure' }] },
      { state: 'asked', reasons: [{ code: 'mass-failure' }] },
    ])
    await permits.settle(probe.id, true)
    expect(await Promise.all(held.map(async ({ id }) => (await permits.find(id))?.state))).toEqual([
      'granted',
      'granted',
    ])
    expect(told.map(({ flowId }) => flowId).sort()).toEqual(held.map(({ flowId }) => flowId).sort())
    expect((await permits.ask(inRepository('acme/d'))).state).toBe('granted')
  })

  test('when many ask at once there is exactly one probe', async () => {
    await failEverywhere('outage')
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => permits.ask(inRepository(`acme/${index}`))),
    )
    expect(answers.filter((permit) => permit.state === 'granted')).toHaveLength(1)
  })

  test('a probe that failed is followed by another, later', async () => {
    await failEverywhere('outage')
    const probe = await permits.ask(inRepository('acme/a'))
    const held = await permits.ask(inRepository('acme/b'))
    await permits.settle(probe.id, false)
    expect(await permits.tick()).toBe(0)
    now = new Date(now.getTime() + 5 * 60_000)
    expect(await permits.tick()).toBe(1)
    expect((await permits.find(held.id))?.state).toBe('granted')
    expect(await permits.tick()).toBe(0)
  })

  test('a probe that was voided before its effect does not hold the others for ever', async () => {
    await failEverywhere('outage')
    const probe = await permits.ask(inRepository('acme/a'))
    const held = await permits.ask(inRepository('acme/b'))
    await permits.recheck(probe.id, { ...probe.bound, attempt: 2 })
    now = new Date(now.getTime() + 5 * 60_000)
    await permits.tick()
    expect((await permits.find(held.id))?.state).toBe('granted')
  })

  test('the same failure told again counts once, and another family is not held', async () => {
    for (let again = 0; again < 9; again += 1)
      await permits.noteFailure({ family: 'outage', repository: 'acme/a', runId: 'gh/1', attempt: 1, at: now })
    expect((await permits.ask(inRepository('acme/a'))).state).toBe('granted')
    await failEverywhere('outage')
    expect((await permits.ask(request({ family: 'other' }))).state).toBe('granted')
  })

  test('what is held for a side effect as well still waits for a person afterwards', async () => {
    await failEverywhere('outage')
    const probe = await permits.ask(inRepository('acme/a'))
    const held = await permits.ask({ ...inRepository('acme/b'), definition: publishing })
    expect(held.reasons.map((reason) => reason.code)).toEqual(['side-effect', 'mass-failure'])
    await permits.settle(probe.id, true)
    expect(await permits.find(held.id)).toMatchObject({ state: 'asked', reasons: [{ code: 'side-effect' }] })
  })
})

test('modes that people chose are kept per repository and remedy, the last one counts', async () => {
  await permits.chooseMode({ repository: 'acme/shop', remedy: 'rerun-failed', mode: 'ask', by: 'mo' })
  await permits.chooseMode({ repository: 'acme/shop', remedy: 'rerun-failed', mode: 'auto', by: 'mo' })
  expect(await permits.chosenModes('acme/shop')).toEqual(new Map([['rerun-failed', 'auto']]))
  expect(await permits.chosenModes('acme/other')).toEqual(new Map())
})

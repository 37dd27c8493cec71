import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { newId } from '../../base/ids.ts'
import type { Events, EventType, Json, StoredEvent } from '../../model/events.ts'
import type { Run } from '../../model/run.ts'
import { jobsOf } from './jobs-memory.ts'
import { someJob, someRun } from './pipelines.fixture.ts'
import { type PipelineHooks, project } from './projection.ts'
import { attemptsOf, findRun } from './runs-memory.ts'

const store = await testStore()
const { db } = store

beforeEach(async () => {
  await sql`truncate runs, jobs, events cascade`.execute(db)
})

let position = 0
function event<T extends EventType>(type: T, subject: string, data: Events[T]): StoredEvent {
  const id = newId()
  const time = new Date()
  position += 1
  const json = JSON.parse(JSON.stringify(data)) as Json<Events[T]>
  return { id, position, type, subject, data: json, time, recordedAt: time, correlation: id } as StoredEvent
}

const reported = (run: Run) => event('run.reported', run.id, { run })
const jobReported = (change: Parameters<typeof someJob>[0]) =>
  event('job.reported', someJob().runId, { job: someJob(change), repository: 'acme/shop' })
const stall = { silentMs: 60_000, cpuMs: 3, lastLine: 'waiting', processes: [] }

/** Every hook as it was called. */
function listening(): { readonly calls: string[]; readonly on: PipelineHooks } {
  const calls: string[] = []
  const on: PipelineHooks = {
    onRunFailed: async (_tx, run) => void calls.push(`failed ${run.id} ${run.attempt}`),
    onRunEnded: async (_tx, run) => void calls.push(`ended ${run.id} ${run.attempt}`),
    onStalled: async (_tx, { job }) => void calls.push(`stalled ${job.id}`),
    onPush: async (_tx, push) => void calls.push(`push ${push.after}`),
  }
  return { calls, on }
}

async function derivedEvents(): Promise<readonly string[]> {
  const { rows } = await sql<{ told: string }>`
    select type || ' ' || subject || ' ' || (data #>> '{run,attempt}') as told from events order by position`.execute(
    db,
  )
  return rows.map((row) => row.told)
}

/** A flaky run mended by a rerun, a run that waited for approval, a cancelled one, and a hang: all that was ever said. */
const story: readonly StoredEvent[] = [
  reported(someRun({ status: 'queued', startedAt: undefined })),
  reported(someRun({ minute: 1 })),
  reported(someRun({ minute: 5, status: 'completed', conclusion: 'failure' })),
  reported(someRun({ minute: 6, attempt: 2, status: 'queued' })),
  reported(someRun({ minute: 7, attempt: 2 })),
  reported(someRun({ minute: 9, attempt: 2, status: 'completed', conclusion: 'success' })),
  reported(someRun({ externalId: '72', minute: 2, status: 'completed', conclusion: 'action_required' })),
  reported(someRun({ externalId: '72', minute: 3, status: 'in_progress' })),
  reported(someRun({ externalId: '73', minute: 3, status: 'completed', conclusion: 'cancelled' })),
  jobReported({ status: 'queued', steps: [], startedAt: undefined }),
  jobReported({}),
  jobReported({ status: 'completed', conclusion: 'failure' }),
  jobReported({ externalId: '902', name: 'lint', status: 'completed', conclusion: 'success' }),
  jobReported({ externalId: '903', attempt: 2, status: 'completed', conclusion: 'success' }),
  event('job.stalled', someJob().runId, { job: someJob({}), repository: 'acme/shop', stall }),
]

describe('what vendors report becomes what we know', () => {
  it('in the order it happened: one start and one end per attempt, and each hook once', async () => {
    const { calls, on } = listening()
    for (const one of story) await db.transaction().execute((tx) => project(tx, [one], on))
    expect(await derivedEvents()).toEqual([
      'run.started acme/71 1',
      'run.failed acme/71 1',
      'run.started acme/71 2',
      'run.succeeded acme/71 2',
      'run.started acme/72 1',
      'run.started acme/73 1',
      'run.cancelled acme/73 1',
    ])
    expect(calls).toEqual([
      'failed acme/71 1',
      'ended acme/71 1',
      'ended acme/71 2',
      'ended acme/73 1',
      'stalled acme/901',
    ])
  })

  it('any permutation, repetition and batching of the reports gives the same state, events and calls', async () => {
    await db.transaction().execute((tx) => project(tx, story, {}))
    const wanted = { state: await state(), events: [...(await derivedEvents())].sort() }
    const order = fc
      .tuple(
        fc.shuffledSubarray([...story.keys()], { minLength: story.length }),
        fc.array(fc.nat(story.length - 1), { maxLength: 20 }),
      )
      .chain(([all, doubled]) => fc.shuffledSubarray([...all, ...doubled], { minLength: all.length + doubled.length }))
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 8 }), async (indices, batch) => {
        await sql`truncate runs, jobs, events cascade`.execute(db)
        const { calls, on } = listening()
        const arrived = indices.flatMap((index) => story[index] ?? [])
        for (let at = 0; at < arrived.length; at += batch) {
          await db.transaction().execute((tx) => project(tx, arrived.slice(at, at + batch), on))
        }
        expect(await state()).toEqual(wanted.state)
        expect([...(await derivedEvents())].sort()).toEqual(wanted.events)
        expect(calls.sort()).toEqual(
          ['ended acme/71 1', 'ended acme/71 2', 'ended acme/73 1', 'failed acme/71 1', 'stalled acme/901'].sort(),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('a hook that breaks takes state and events back with it, so that all happen when it is tried again', async () => {
    const failed = reported(someRun({ status: 'completed', conclusion: 'failure' }))
    const broken = async () => Promise.reject(new Error('the flow could not be started'))
    await expect(db.transaction().execute((tx) => project(tx, [failed], { onRunFailed: broken }))).rejects.toThrow()
    expect(await findRun(db, 'acme/71')).toBeUndefined()
    const { calls, on } = listening()
    await db.transaction().execute((tx) => project(tx, [failed], on))
    expect(calls).toEqual(['failed acme/71 1', 'ended acme/71 1'])
  })

  it('two readers at once announce an end once', async () => {
    const failed = reported(someRun({ status: 'completed', conclusion: 'failure' }))
    const { calls, on } = listening()
    await Promise.all([1, 2, 3, 4].map(() => db.transaction().execute((tx) => project(tx, [failed], on))))
    expect(calls).toEqual(['failed acme/71 1', 'ended acme/71 1'])
    expect(await derivedEvents()).toEqual(['run.started acme/71 1', 'run.failed acme/71 1'])
  })

  it('derived events keep the first cause', async () => {
    const report = reported(someRun({ status: 'completed', conclusion: 'failure' }))
    await db.transaction().execute((tx) => project(tx, [report], {}))
    const { rows } = await sql<{ causation: string; correlation: string }>`
      select causation, correlation::text from events`.execute(db)
    expect(rows).toEqual([
      { causation: report.id, correlation: report.correlation },
      { causation: report.id, correlation: report.correlation },
    ])
  })
})

async function state() {
  return {
    runs: await Promise.all(['acme/71', 'acme/72', 'acme/73'].map((id) => attemptsOf(db, id))),
    first: await jobsOf(db, 'acme/71', 1),
    second: await jobsOf(db, 'acme/71', 2),
  }
}

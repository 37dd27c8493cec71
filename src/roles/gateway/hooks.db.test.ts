import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { testStore } from '../../../test/database.ts'
import type { Hook } from '../../adapters/ci.ts'
import { githubHook } from '../../adapters/github/hook.ts'
import { pipelines } from '../../commons/pipelines/index.ts'
import { deliver, jobPayload, receiving, secret, signed, startGateway } from './gateway.fixture.ts'

const store = await testStore()
const { db } = store
const { gateway, url } = await startGateway(store, {
  connections: () => [receiving('acme', ['an-older-secret', secret]), receiving('poison', [secret], poisonous)],
})
afterAll(() => gateway.close())

beforeEach(async () => {
  await sql`truncate deliveries, events cascade`.execute(db)
})

/** Longer than an index takes. */
const unkeepable = randomBytes(20_000).toString('hex')

/** A vendor whose adapter makes something of some bodies that PostgreSQL cannot keep. */
const poisonous: Hook = {
  ...githubHook,
  read: (request) => {
    const answer = githubHook.read(request)
    if (answer.kind !== 'events' || !request.body.includes('poison')) return answer
    return { kind: 'events', events: answer.events.map((event) => ({ ...event, subject: unkeepable })) }
  },
}

async function kept() {
  const { rows: deliveries } = await sql<{ state: string; reason: string | null; body: string | null }>`
    select state, reason, body from deliveries order by received_at`.execute(db)
  const { rows: events } = await sql<{ type: string; subject: string; data: unknown }>`
    select type, subject, data from events order by position`.execute(db)
  return { deliveries, events }
}

const outcomeOf = async (response: Response) => ((await response.json()) as { outcome: string }).outcome
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code

describe('a webhook', () => {
  it('is on disk with its event when it is answered', async () => {
    const response = await deliver(url, signed('workflow_job', jobPayload()))
    expect(response.status).toBe(202)
    expect(await outcomeOf(response)).toBe('accepted')
    const { deliveries, events } = await kept()
    expect(deliveries).toEqual([{ state: 'accepted', reason: null, body: null }])
    expect(events.map(({ type, subject }) => `${type} ${subject}`)).toEqual(['job.reported acme/71'])
  })

  it('is accepted by either of two live secrets, while they are changed', async () => {
    const byOlder = signed('workflow_job', jobPayload(), { by: 'an-older-secret' })
    expect((await deliver(url, byOlder)).status).toBe(202)
    expect((await deliver(url, signed('workflow_job', jobPayload({ id: 2 })))).status).toBe(202)
  })

  it('doubled, changes nothing: by its id, and by its bytes under another id', async () => {
    const first = signed('workflow_job', jobPayload(), { delivery: 'a-delivery' })
    expect((await deliver(url, first)).status).toBe(202)
    const again = await deliver(url, first)
    expect([again.status, await outcomeOf(again)]).toEqual([200, 'duplicate'])
    const renamed = await deliver(url, signed('workflow_job', jobPayload(), { delivery: 'another-id' }))
    expect([renamed.status, await outcomeOf(renamed)]).toEqual([200, 'duplicate'])
    expect((await kept()).events).toHaveLength(1)
  })

  it('doubled many times at once, is taken once', async () => {
    const one = signed('workflow_job', jobPayload())
    const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await deliver(url, one)).status))
    expect(statuses.filter((status) => status === 202)).toHaveLength(1)
    expect(statuses.filter((status) => status === 200)).toHaveLength(39)
    expect((await kept()).events).toHaveLength(1)
  })

  it('that nothing listens to is answered and remembered', async () => {
    const response = await deliver(url, signed('star', { action: 'created' }))
    expect([response.status, await outcomeOf(response)]).toEqual([200, 'ignored'])
    expect((await kept()).deliveries.map((one) => one.state)).toEqual(['ignored'])
  })

  it('forged, in any part, is refused and leaves no trace', async () => {
    const good = signed('workflow_job', jobPayload())
    const forgeries = [
      { ...good, headers: { ...good.headers, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } },
      { ...good, headers: { ...good.headers, 'x-hub-signature-256': 'sha256=' } },
      {
        ...good,
        headers: Object.fromEntries(Object.entries(good.headers).filter(([name]) => !/signature/.test(name))),
      },
      { ...good, body: good.body.toString().replace('"test"', '"TEST"') },
      { ...good, body: `${good.body} ` },
      signed('workflow_job', jobPayload(), { by: 'a-guess' }),
      signed('workflow_job', jobPayload(), { by: '' }),
    ]
    for (const forged of forgeries) {
      const response = await deliver(url, forged)
      expect([response.status, await codeOf(response)]).toEqual([401, 'unauthorized'])
    }
    expect(await kept()).toEqual({ deliveries: [], events: [] })
  })

  it('to an address that no connection has is told so', async () => {
    const good = signed('workflow_job', jobPayload())
    for (const path of ['/hooks/github/nobody', '/hooks/gitlab/acme', '/hooks/github/__proto__'])
      expect((await deliver(url, good, path)).status).toBe(404)
  })
})

describe('a body that cannot be read', () => {
  const unreadable = async (body: string | Buffer) => {
    const response = await deliver(url, signed('workflow_job', body))
    return [response.status, await outcomeOf(response)]
  }

  it('is quarantined with its reason, redacted, and told as an event', async () => {
    expect(await unreadable('{"password":"hunter2","workflow_job":{"id":9')).toEqual([202, 'quarantined'])
    const { deliveries, events } = await kept()
    expect(deliveries[0]).toMatchObject({ state: 'quarantined', reason: expect.stringContaining('not JSON') })
    expect(deliveries[0]?.body).toContain('***')
    expect(deliveries[0]?.body).not.toContain('hunter2')
    expect(events).toMatchObject([{ type: 'delivery.quarantined', subject: 'acme' }])
  })

  it('is quarantined once, however often it is delivered, and taken when it can be read at last', async () => {
    expect(await unreadable('{')).toEqual([202, 'quarantined'])
    expect(await unreadable('{')).toEqual([200, 'duplicate'])
    expect((await kept()).events).toHaveLength(1)
  })

  it('10,000 levels deep, is quarantined', async () => {
    expect(await unreadable(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)).toEqual([202, 'quarantined'])
    expect(await unreadable(`{"workflow_job":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`)).toEqual([
      202,
      'quarantined',
    ])
  })

  it('empty, binary, or JSON of another shape, is quarantined', async () => {
    for (const body of ['', '\0\0\0', 'null', '[]', '"text"', '{"workflow_job":7}', Buffer.from([0xff, 0xfe, 0x00])])
      expect(await unreadable(body)).toEqual([202, 'quarantined'])
  })

  it('of 30 MB is refused with a clear answer, whether it tells its length or not', async () => {
    const body = Buffer.alloc(30_000_000, 0x20)
    for (const framing of [`content-length: ${body.length}`, 'transfer-encoding: chunked']) {
      const answer = await rawPost(framing, body)
      expect(answer).toMatch(/^HTTP\/1\.1 413 /)
      expect(answer).toContain('too-large')
    }
    expect(await kept()).toEqual({ deliveries: [], events: [] })
  })

  it('cut short by its connection leaves no trace, and the gateway lives on', async () => {
    const { body, headers } = signed('workflow_job', jobPayload())
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write(
      `POST /hooks/github/acme HTTP/1.1\r\nhost: x\r\n${head.join('')}content-length: ${body.length}\r\n\r\n`,
    )
    socket.end(body.slice(0, 100))
    socket.resume()
    await closed
    expect(await kept()).toEqual({ deliveries: [], events: [] })
    expect((await deliver(url, { body, headers })).status).toBe(202)
  })

  /** Sends until the gateway answers, as a client that does not stop by itself. */
  async function rawPost(framing: string, body: Buffer): Promise<string> {
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1')
    let answer = ''
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      answer += data.toString()
      if (answer.includes('}}')) socket.destroy()
    })
    socket.write(`POST /hooks/github/acme HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${framing}\r\n\r\n`)
    if (framing.includes('chunked')) socket.write(`${body.length.toString(16)}\r\n`)
    socket.write(body)
    await closed
    return answer
  }
})

describe('deliveries together', () => {
  it('one that the database cannot keep is quarantined, and its neighbours are not', async () => {
    const good = Array.from({ length: 30 }, (_, index) => signed('workflow_job', jobPayload({ id: 1_000 + index })))
    const bad = signed('workflow_job', jobPayload({ id: 1, name: 'poison' }))
    const all = [...good.slice(0, 15), bad, ...good.slice(15)]
    const outcomes = await Promise.all(
      all.map(async (one) => outcomeOf(await deliver(url, one, '/hooks/github/poison'))),
    )
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(30)
    expect(outcomes[15]).toBe('quarantined')
    const { events } = await kept()
    expect(events.filter((event) => event.type === 'job.reported')).toHaveLength(30)
    expect(events.filter((event) => event.type === 'delivery.quarantined')).toHaveLength(1)
  })

  it('do not wait for one before them that the database holds up', async () => {
    const held = signed('workflow_job', jobPayload({ id: 1 }), { delivery: 'held' })
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>()
    const elsewhere = Promise.withResolvers<void>()
    const other = db.transaction().execute(async (tx) => {
      await sql`
        insert into deliveries (id, connection, delivery_id, body_hash, state, bytes, received_at)
        values (gen_random_uuid(), 'acme', 'held', 'x', 'ignored', 1, now())`.execute(tx)
      elsewhere.resolve()
      await isOver
    })
    await elsewhere.promise
    const first = deliver(url, held)
    await vi.waitUntil(isWaited, { timeout: 5_000 })
    expect((await deliver(url, signed('workflow_job', jobPayload({ id: 2 })))).status).toBe(202)
    end()
    await other
    expect(await outcomeOf(await first)).toBe('duplicate')
  })

  /** Does somebody wait for a transaction of somebody else? */
  async function isWaited(): Promise<boolean> {
    const { rows } = await sql`
      select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%record_deliveries%'`.execute(db)
    return rows.length > 0
  }

  it('in any order, doubled and dropped, come to the state that the last word of each says', async () => {
    const reports = (['queued', 'in_progress', 'completed'] as const).flatMap((status) =>
      [1, 2].map((id) => {
        const conclusion = status === 'completed' ? 'failure' : null
        return jobPayload({
          id,
          name: `job ${id}`,
          status,
          conclusion,
          completed_at: conclusion && '2026-03-01T10:09:00Z',
        })
      }),
    )
    const arrival = fc.shuffledSubarray([...reports.keys(), ...reports.keys()], { minLength: reports.length * 2 })
    await fc.assert(
      fc.asyncProperty(arrival, async (order) => {
        await sql`truncate deliveries, events, jobs cascade`.execute(db)
        await Promise.all(order.map((index) => deliver(url, signed('workflow_job', reports[index]))))
        const { rows } = await sql<{
          event: never
        }>`select to_jsonb(events) as event from events order by position`.execute(db)
        await db.transaction().execute((tx) =>
          pipelines.project(
            tx,
            rows.map((row) => row.event),
            {},
          ),
        )
        const jobs = await pipelines.jobsOf(db, 'acme/71', 1)
        expect(jobs.map((job) => `${job.name} ${job.conclusion}`)).toEqual(['job 1 failure', 'job 2 failure'])
      }),
      { numRuns: 10 },
    )
  })
})

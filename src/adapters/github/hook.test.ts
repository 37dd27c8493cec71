import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Delivery } from '../../../test/github/deliveries.ts'
import { examples } from '../../../test/github/examples.ts'
import { failedTest, shop, shopRun, startShop } from '../../../test/github/world.ts'
import { githubHook } from './hook.ts'

const secret = 'a secret of the connection'

function request(event: string, body: string | Buffer, headers: Record<string, string> = {}) {
  return {
    connection: 'acme',
    headers: { 'content-type': 'application/json', 'x-github-event': event, 'x-github-delivery': 'd-1', ...headers },
    body: Buffer.from(body),
  }
}

function signed(body: Buffer, by = secret) {
  const signature = createHmac('sha256', by).update(body).digest('hex')
  return request('push', body, { 'x-hub-signature-256': `sha256=${signature}` })
}

/** What a run of the look-alike sends, from its first push to its end. */
let deliveries: readonly Delivery[] = []
beforeAll(async () => {
  const github = await startShop()
  await github.push({ repository: shop, files: { 'a.txt': 'a' } })
  await github.addRun(shopRun(['not ok'], failedTest))
  deliveries = await github.deliveries()
  await github.close()
})

describe('a signature', () => {
  test('is accepted from either of two live secrets', () => {
    const body = Buffer.from('{"zen":"Grüße"}')
    expect(githubHook.verify(signed(body), [secret])).toBe(true)
    expect(githubHook.verify(signed(body), [secret, 'the new one'])).toBe(true)
    expect(githubHook.verify(signed(body, 'the new one'), [secret, 'the new one'])).toBe(true)
    expect(githubHook.verify(signed(body, 'a third one'), [secret, 'the new one'])).toBe(false)
  })

  test('of an empty secret signs nothing, and without secrets nobody is let in', () => {
    const body = Buffer.from('{}')
    expect(githubHook.verify(signed(body, ''), [''])).toBe(false)
    expect(githubHook.verify(signed(body), [])).toBe(false)
  })

  test.each(['', 'sha256=', 'sha1=0123', `sha256=${'0'.repeat(64)}`, `sha256=${'g'.repeat(64)}`, `${'0'.repeat(64)}`])(
    'written as "%s" is refused',
    (given) => {
      expect(githubHook.verify(request('push', '{}', { 'x-hub-signature-256': given }), [secret])).toBe(false)
    },
  )

  test('that is missing is refused', () => {
    expect(githubHook.verify(request('push', '{}'), [secret])).toBe(false)
  })

  test('holds for exactly the bytes that were signed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, flip) => {
          const original = Buffer.from(bytes)
          const changed = Buffer.from(bytes)
          changed.writeUInt8(changed.readUInt8(at % bytes.length) ^ flip, at % bytes.length)
          const delivery = signed(original)
          return githubHook.verify(delivery, [secret]) && !githubHook.verify({ ...delivery, body: changed }, [secret])
        },
      ),
    )
  })
})

describe('a delivery', () => {
  test('has the id that GitHub gave it, and none that is not an id', () => {
    expect(githubHook.deliveryId(request('push', '{}'))).toBe('d-1')
    expect(githubHook.deliveryId(request('push', '{}', { 'x-github-delivery': "'; drop table" }))).toBeUndefined()
  })

  test('of a run, a job or a push becomes the event that the house knows', () => {
    const read = deliveries.map(({ event, payload }) => githubHook.read(request(event, payload)))
    const events = read.flatMap((answer) => (answer.kind === 'events' ? answer.events : []))
    expect(events).toHaveLength(deliveries.length)
    expect(events.find((event) => event.type === 'push.received')).toMatchObject({
      subject: shop,
      causation: 'd-1',
      data: { repository: shop, ref: 'refs/heads/main', actor: 'ada', title: 'Count the basket twice' },
    })
    expect(events.filter((event) => event.type === 'run.reported').at(-1)).toMatchObject({
      subject: expect.stringMatching(/^acme\/\d+$/),
      data: {
        run: {
          vendor: 'github',
          repository: shop,
          pipeline: 'ci',
          path: '.github/workflows/ci.yml',
          attempt: 1,
          status: 'completed',
          conclusion: 'failure',
          branch: 'main',
          actor: 'ada',
          title: 'Count the basket twice',
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        },
      },
    })
    const jobs = events.flatMap((event) => (event.type === 'job.reported' ? [event.data.job] : []))
    expect(jobs.filter((job) => job.status === 'completed').map((job) => [job.name, job.conclusion])).toEqual([
      ['build', 'success'],
      ['test', 'failure'],
      ['publish', 'skipped'],
    ])
  })

  test('that comes twice carries the same key, and no two states share one', () => {
    const keys = (answer: ReturnType<typeof githubHook.read>) =>
      answer.kind === 'events' ? answer.events.map((event) => event.dedupeKey) : []
    const first = deliveries.flatMap(({ event, payload }) => keys(githubHook.read(request(event, payload))))
    const again = deliveries.flatMap(({ event, payload }) =>
      keys(githubHook.read(request(event, payload, { 'x-github-delivery': 'd-2' }))),
    )
    expect(again).toEqual(first)
    expect(new Set(first).size).toBe(deliveries.length)
  })

  test('sent as a form is read too', () => {
    const { event, payload } = deliveries.find((delivery) => delivery.event === 'workflow_run') ?? {
      event: '',
      payload: '',
    }
    const form = new URLSearchParams({ payload }).toString()
    const asForm = request(event, form, { 'content-type': 'application/x-www-form-urlencoded' })
    expect(githubHook.read(asForm)).toEqual(githubHook.read(request(event, payload)))
  })

  test.each(['ping', 'issues', 'constructor', '__proto__', 'x'.repeat(5_000)])(
    'of the event "%s" is ignored',
    (event) => {
      expect(githubHook.read(request(event, '{"action":"opened"}'))).toMatchObject({ kind: 'ignored' })
    },
  )

  test('that names no event is rejected', () => {
    expect(githubHook.read({ ...request('', '{}'), headers: {} })).toMatchObject({ kind: 'rejected' })
  })

  test('never carries what the database cannot keep', () => {
    const { payload } = deliveries.find((delivery) => delivery.event === 'workflow_run') ?? { payload: '' }
    const hostile = payload.replaceAll('Count the basket', '\\u0000\\ud800<script>')
    const answer = githubHook.read(request('workflow_run', hostile))
    const kept = JSON.stringify(answer)
    expect(answer.kind).toBe('events')
    expect(kept).not.toContain('\\u0000')
    expect(kept).not.toContain('\\ud800')
  })

  test('of a job keeps the steps that are steps, without words and times that make no sense', () => {
    const step = { number: 1, name: 'Test', status: 'completed', conclusion: 'failure' }
    const began = '2026-03-01T10:00:00.5+02:00'
    const steps = [
      { ...step, started_at: began, completed_at: null, log: 'unread' },
      { ...step, number: 2, name: `\0${'x'.repeat(2_000)}`, started_at: '2026-02-30T10:00:00Z', completed_at: 'soon' },
      { number: 3, name: 'Upload', status: null },
      { ...step, number: 1.5 },
      { ...step, name: undefined },
      { ...step, status: 7 },
      null,
      'step',
    ]
    const { payload } = deliveries.find((delivery) => delivery.event === 'workflow_job') ?? { payload: '{}' }
    const hook = JSON.parse(payload)
    const read = (given: unknown) =>
      githubHook.read(
        request('workflow_job', JSON.stringify({ ...hook, workflow_job: { ...hook.workflow_job, steps: given } })),
      )
    expect(read(steps)).toMatchObject({
      events: [
        {
          data: {
            job: {
              steps: [
                { ...step, startedAt: began, completedAt: undefined },
                { number: 2, name: `\ufffd${'x'.repeat(999)}`, startedAt: undefined, completedAt: undefined },
                { number: 3, name: 'Upload', status: 'queued', conclusion: undefined },
              ],
            },
          },
        },
      ],
    })
    expect(read(null)).toMatchObject({ kind: 'events' })
    expect(read('none')).toMatchObject({ sentence: expect.stringContaining('workflow_job.steps') })
  })

  test('with a link that is no web address loses the link', () => {
    const { payload } = deliveries.find((delivery) => delivery.event === 'workflow_run') ?? { payload: '' }
    const answer = githubHook.read(
      request('workflow_run', payload.replace('https://github.com', 'javascript:alert(1)//')),
    )
    expect(JSON.stringify(answer)).not.toContain('javascript:')
  })
})

describe('a bad delivery is rejected with a sentence, never with an error', () => {
  test.each<[string, () => string | Buffer]>([
    ['nested 10,000 levels deep', () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['nested a million levels deep', () => '['.repeat(1_000_000)],
    ['of 30 MB', () => Buffer.alloc(30_000_000, 0x20)],
    ['that is empty', () => ''],
    ['that is no JSON', () => '<xml/>'],
    ['that is no UTF-8', () => Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['that is JSON of another kind', () => '[1, "two", null]'],
    [
      'with a run of the wrong shape',
      () => '{"action":"completed","workflow_run":{"id":"x"},"repository":{"full_name":"a/b"}}',
    ],
  ])('%s', (_what, body) => {
    for (const event of ['workflow_run', 'workflow_job', 'push']) {
      expect(githubHook.read(request(event, body()))).toMatchObject({
        kind: 'rejected',
        sentence: expect.stringMatching(/^\w+: .{5}/),
      })
    }
  })

  test('cut short anywhere', () => {
    for (const { event, payload } of deliveries.slice(-3))
      for (let length = 0; length < payload.length; length += 97)
        expect(githubHook.read(request(event, payload.slice(0, length))).kind).toBe('rejected')
  })

  test('holding anything at all', () => {
    const event = fc.constantFrom('workflow_run', 'workflow_job', 'push')
    fc.assert(fc.property(event, fc.json(), (name, json) => githubHook.read(request(name, json)).kind !== 'events'))
    fc.assert(
      fc.property(
        event,
        fc.uint8Array(),
        (name, bytes) => githubHook.read(request(name, Buffer.from(bytes))).kind !== 'events',
      ),
    )
  })
})

test('every example that GitHub publishes is read or ignored', async () => {
  const all = await examples('webhooks.tar.xz', /payload-examples.*\.json$/)
  const ours = deliveries.map(({ event, payload }) => ({ path: event, group: event, bytes: Buffer.from(payload) }))
  const read = [...all, ...ours].map(({ path, group, bytes }) => ({
    path,
    kind: githubHook.read(request(group, bytes)).kind,
  }))
  expect(read.filter(({ kind }) => kind === 'rejected')).toEqual([])
  expect(read.filter(({ kind }) => kind === 'events').length).toBeGreaterThanOrEqual(ours.length)
})

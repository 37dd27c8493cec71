import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HookRequest } from '../ci.ts'
import { nativeHook } from './hook.ts'
import { sign } from './signature.ts'

const push = {
  repository: 'acme/shop',
  ref: 'refs/heads/main',
  before: '0'.repeat(40),
  after: 'a'.repeat(40),
  actor: 'Ada',
  title: 'a change',
}
const run = {
  externalId: '7',
  repository: 'acme/shop',
  pipeline: 'ci',
  number: 3,
  attempt: 2,
  status: 'completed',
  conclusion: 'failure',
  event: 'push',
  sha: 'a'.repeat(40),
  createdAt: '2026-01-31T10:11:12.000Z',
  updatedAt: '2026-01-31T10:11:13.000Z',
}
const job = { runExternalId: '7', externalId: '9', attempt: 2, name: 'test', status: 'in_progress', steps: [] }

test('only who knows one of the live secrets is believed', () => {
  const request = delivery('push.received', push)
  expect(nativeHook.verify(request, ['other', 'secret'])).toBe(true)
  expect(nativeHook.verify(request, ['other'])).toBe(false)
  expect(nativeHook.verify(request, [])).toBe(false)
  expect(nativeHook.verify({ ...request, body: Buffer.from('{}') }, ['secret'])).toBe(false)
  expect(nativeHook.verify({ ...request, headers: {} }, ['secret'])).toBe(false)
  expect(nativeHook.verify(delivery('push.received', push, ''), [''])).toBe(false)
})

test('a push becomes an event of the connection it came by, whatever its body says', () => {
  const answer = nativeHook.read(delivery('push.received', { ...push, connection: 'elsewhere' }))
  expect(answer).toMatchObject({
    kind: 'events',
    events: [{ type: 'push.received', subject: 'acme/shop', data: { ...push, connection: 'home' }, causation: 'd-1' }],
  })
})

test('a run and its jobs get the ids of the connection', () => {
  expect(nativeHook.read(delivery('run.reported', { run }))).toMatchObject({
    events: [
      { type: 'run.reported', subject: 'home/7', data: { run: { id: 'home/7', vendor: 'native', attempt: 2 } } },
    ],
  })
  expect(nativeHook.read(delivery('job.reported', { repository: 'acme/shop', job }))).toMatchObject({
    events: [{ type: 'job.reported', subject: 'home/7', data: { job: { id: 'home/9', runId: 'home/7' } } }],
  })
})

test('a stall keeps its evidence, and each silence is told for itself', () => {
  const stall = { silentMs: 9_000, cpuMs: 10, lastLine: 'waiting', processes: [{ pid: 4, command: 'sh', state: 'S' }] }
  const body = { repository: 'acme/shop', job, stall }
  const answer = nativeHook.read(delivery('job.stalled', body))
  expect(answer).toMatchObject({ events: [{ type: 'job.stalled', data: { stall } }] })
  const keyOf = (id: string) => JSON.stringify(nativeHook.read(delivery('job.stalled', body, 'secret', id)))
  expect(keyOf('d-1')).not.toBe(keyOf('d-2'))
})

test('the same delivery twice gives the same keys, so the log keeps it once', () => {
  expect(nativeHook.read(delivery('run.reported', { run }))).toEqual(nativeHook.read(delivery('run.reported', { run })))
})

test('what is wrong with a body is named; what nobody listens to is ignored', () => {
  expect(nativeHook.read(delivery('run.reported', { run: { ...run, attempt: 'two' } }))).toMatchObject({
    kind: 'rejected',
    sentence: expect.stringContaining('run.attempt'),
  })
  expect(nativeHook.read(delivery('tea.served', {}))).toMatchObject({ kind: 'ignored' })
  expect(nativeHook.read({ ...delivery('', {}), headers: {} })).toMatchObject({ kind: 'rejected' })
})

test('no bytes, however hostile, make it throw', () => {
  const event = fc.constantFrom('push.received', 'run.reported', 'job.reported', 'job.stalled', '__proto__', 'x')
  fc.assert(
    fc.property(event, fc.uint8Array({ maxLength: 200 }), (name, bytes) => {
      const request = { ...delivery(name, {}), body: Buffer.from(bytes) }
      expect(['events', 'ignored', 'rejected']).toContain(nativeHook.read(request).kind)
    }),
  )
  const deep = { ...delivery('push.received', {}), body: Buffer.from('['.repeat(10_000)) }
  expect(nativeHook.read(deep)).toMatchObject({ kind: 'rejected' })
})

function delivery(event: string, payload: unknown, secret = 'secret', id = 'd-1'): HookRequest {
  const body = Buffer.from(JSON.stringify(payload))
  const headers = {
    'x-mendline-event': event,
    'x-mendline-delivery': id,
    'x-mendline-signature-256': sign(body, secret),
  }
  return { connection: 'home', headers, body }
}

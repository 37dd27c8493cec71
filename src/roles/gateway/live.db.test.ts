import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type RawData, WebSocket } from 'ws'
import { testStore } from '../../../test/database.ts'
import { LiveMessage } from '../../contract/live.ts'
import { append } from '../../engine/eventlog/append.ts'
import { createTail, type TailMessage } from '../../engine/eventlog/tail.ts'
import { silentLogger } from '../../engine/telemetry/logger.ts'
import { startGateway, token } from './gateway.fixture.ts'
import { createSessions } from './session.ts'

const store = await testStore()
const tail = createTail(store, { logger: silentLogger() })
const { gateway, url } = await startGateway(store, { tail })
const sessions = createSessions({ token, clock: { now: () => new Date(), monotonicMs: () => 0 } })
const cookie = `${sessions.cookieName}=${sessions.signIn(token)}`
const open: WebSocket[] = []
beforeEach(() => {
  for (const socket of open.splice(0)) socket.terminate()
})
afterAll(async () => {
  for (const socket of open) socket.terminate()
  await gateway.close()
  await tail.stop()
})

let opened = 0
async function happen(count: number): Promise<void> {
  const events = Array.from({ length: count }, () => {
    opened += 1
    const data = { incident: `i${opened}`, title: 'x', severity: 'low' as const }
    return { type: 'incident.opened' as const, subject: `i${opened}`, data }
  })
  await append(store.db, events)
}

interface Page {
  readonly socket: WebSocket
  readonly heard: LiveMessage[]
  /** Resolves when so many messages were heard. */
  until(count: number): Promise<readonly LiveMessage[]>
}

async function connect(base: string, after: number | null, headers: Record<string, string> = {}): Promise<Page> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/v1/live`, {
    headers: { cookie, origin: base, ...headers },
  })
  open.push(socket)
  const heard: LiveMessage[] = []
  let wake = () => {}
  socket.on('message', (data: RawData) => {
    heard.push(LiveMessage.parse(JSON.parse(data.toString())))
    wake()
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.send(JSON.stringify({ kind: 'subscribe', after }))
  return {
    socket,
    heard,
    until: async (count) => {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve))
      return heard
    },
  }
}

const subjects = (heard: readonly LiveMessage[]) => heard.flatMap((one) => (one.kind === 'event' ? [one.subject] : []))

describe('the live socket', () => {
  it('tells what happens from now on, numbered without a hole', async () => {
    const page = await connect(url, null)
    expect((await page.until(1))[0]?.kind).toBe('ready')
    const before = opened
    await happen(3)
    const heard = await page.until(4)
    expect(heard.slice(1).map((one) => (one.kind === 'event' ? one.seq : 0))).toEqual([1, 2, 3])
    expect(subjects(heard)).toEqual([1, 2, 3].map((n) => `i${before + n}`))
  })

  it('tells a page that comes back what it missed, once', async () => {
    const first = await connect(url, null)
    await first.until(1)
    await happen(2)
    const last = (await first.until(3)).at(-1)
    first.socket.terminate()
    const before = opened
    await happen(5)
    const second = await connect(url, last?.kind === 'event' ? last.position : 0)
    const heard = await second.until(6)
    expect(heard[0]?.kind).toBe('ready')
    expect(subjects(heard)).toEqual([1, 2, 3, 4, 5].map((n) => `i${before + n}`))
  })

  it('tells a page that was away too long to read everything again', async () => {
    await happen(1)
    const first = await connect(url, null)
    const [ready] = await first.until(1)
    await happen(1_500)
    await first.until(1_501)
    const second = await connect(url, ready?.kind === 'ready' ? ready.position : 0)
    expect((await second.until(1))[0]?.kind).toBe('gap')
    const before = opened
    await happen(1)
    expect(subjects(await second.until(2))).toEqual([`i${before + 1}`])
  })

  it('beats while nothing happens, in the same numbers as events, and ends when the gateway does', async () => {
    const beating = await startGateway(store, { tail, heartbeatMs: 20 })
    const page = await connect(beating.url, null)
    await page.until(3)
    await happen(1)
    while (!page.heard.some((one) => one.kind === 'event')) await page.until(page.heard.length + 1)
    const heard = [...(await page.until(page.heard.length + 1))]
    expect(heard.filter((one) => one.kind === 'heartbeat').length).toBeGreaterThan(1)
    expect(heard.slice(1).map((one) => ('seq' in one ? one.seq : 0))).toEqual(
      heard.slice(1).map((_, index) => index + 1),
    )
    const closed = new Promise((resolve) => page.socket.once('close', resolve))
    await beating.gateway.close()
    await closed
  })

  it('is closed to whoever is not signed in, and to pages of another origin', async () => {
    await expect(connect(url, null, { cookie: '' })).rejects.toThrow('401')
    await expect(connect(url, null, { origin: 'https://evil.example' })).rejects.toThrow('403')
  })

  it('ends with whoever says what it does not understand', async () => {
    for (const words of ['', '[]', '{"kind":"subscribe"}', '{"kind":"subscribe","after":-1}', 'x'.repeat(3_000)]) {
      const { socket } = await connect(url, null)
      const closed = new Promise<number>((resolve) => socket.once('close', resolve))
      socket.send(words)
      expect(await closed).toBe(1003)
    }
  })

  it('gives a page that reads too slowly a gap instead of filling the memory', async () => {
    const listeners: ((message: TailMessage) => void)[] = []
    let position = 0
    const flood = await startGateway(store, {
      tail: {
        latest: () => position,
        subscribe: (_from, listener) => {
          listeners.push(listener)
          listener({ kind: 'ready', position: 0 })
          return () => undefined
        },
        stop: async () => undefined,
      },
    })
    const page = await connect(flood.url, null)
    await page.until(1)
    page.socket.pause()
    const time = new Date()
    const tellOne = () => {
      position += 1
      const subject = `s${position} ${'x'.repeat(2_000)}`
      const event = {
        id: 'e',
        position,
        type: 'incident.opened' as const,
        subject,
        time,
        recordedAt: time,
        correlation: 'e',
      }
      for (const listener of listeners) listener({ kind: 'event', event })
    }
    for (let count = 0; count < 20_000; count++) tellOne()
    page.socket.resume()
    while (!page.heard.some((one) => one.kind === 'gap')) {
      tellOne()
      await page.until(page.heard.length + 1).catch(() => undefined)
    }
    const told = page.heard.filter((one) => one.kind === 'event')
    expect(told.length).toBeLessThan(15_000)
    expect(told.map((one) => one.seq)).toEqual(told.map((_, index) => index + 1))
    page.socket.terminate()
    await flood.gateway.close()
  })
})

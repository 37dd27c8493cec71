import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { Terminal, Unavailable } from './errors.ts'
import { createHttpClient, parseRetryAfter, sayUrl } from './http-client.ts'

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
})

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`
}

const http = createHttpClient()
const get = (url: string, more: object = {}) =>
  ({ method: 'GET', url, limitMs: 2_000, maxBytes: 1_000_000, ...more }) as const

describe('an answer', () => {
  test('comes with its status, its headers and its whole body', async () => {
    const url = await serve((_request, response) => response.writeHead(418, { 'x-a': 'b' }).end('short and stout'))
    const answer = await http.send(get(url))
    expect([answer.status, answer.headers.get('x-a'), answer.body.toString()]).toEqual([418, 'b', 'short and stout'])
  })

  test('that is a redirect is not followed', async () => {
    let calls = 0
    const url = await serve((_request, response) => {
      calls += 1
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect((await http.send(get(url))).status).toBe(302)
    expect(calls).toBe(1)
  })

  test('to a body that was sent is the answer to that body', async () => {
    const url = await serve((request, response) => request.pipe(response))
    const answer = await http.send({ ...get(url), method: 'POST', body: 'Grüße' })
    expect(answer.body.toString()).toBe('Grüße')
  })

  test('larger than its bound is not read on, packed or not', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(100_000)))
    await expect(http.send(get(url, { maxBytes: 1_000 }))).rejects.toBeInstanceOf(Terminal)
    const { bytes } = await http.open(get(url, { maxBytes: 1_000 }))
    await expect(drain(bytes)).rejects.toThrow(/more than 1000 bytes/)
  })
})

describe('what goes wrong on the way is Unavailable', () => {
  test('silence before the head', async () => {
    const url = await serve(() => undefined)
    await expect(http.send(get(url, { limitMs: 50 }))).rejects.toThrow(/no answer within 50 ms/)
    await expect(http.open(get(url, { limitMs: 50 }))).rejects.toBeInstanceOf(Unavailable)
  })

  test('silence in the middle, but not a slow reader', async () => {
    const url = await serve((_request, response) => void response.write('first'))
    const { bytes } = await http.open(get(url, { limitMs: 150 }))
    const reader = bytes[Symbol.asyncIterator]()
    expect(Buffer.from((await reader.next()).value).toString()).toBe('first')
    // The reader takes longer than the limit: nobody is to blame. Only then the silence begins to count.
    await new Promise((resolve) => setTimeout(resolve, 200))
    const start = performance.now()
    await expect(reader.next()).rejects.toBeInstanceOf(Unavailable)
    expect(performance.now() - start).toBeGreaterThan(100)
  })

  test('a connection that ends too early', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    await expect(http.send(get(url))).rejects.toBeInstanceOf(Unavailable)
  })

  test('nobody there, said without query or credentials', async () => {
    const error = await http.send(get('http://127.0.0.1:1/path?token=geheim')).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Unavailable)
    expect(String(error)).toContain('GET http://127.0.0.1:1/path failed')
    expect(String(error)).not.toContain('geheim')
  })
})

test('the caller may end a call with its own signal and reason', async () => {
  const url = await serve(() => undefined)
  const controller = new AbortController()
  const call = http.send(get(url, { signal: controller.signal }))
  controller.abort(new Error('stopping'))
  await expect(call).rejects.toThrow('stopping')
})

test('a stream that is left early closes its connection', async () => {
  let closed: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    closed = resolve
  })
  const url = await serve((_request, response) => {
    response.on('close', closed)
    response.write('first')
  })
  const { bytes } = await http.open(get(url))
  for await (const _part of bytes) break
  await ended
})

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
] as const)('retry-after "%s" means %s ms', (value, ms) => {
  expect(parseRetryAfter(value, new Date('2026-11-21T10:00:00Z'))).toBe(ms)
})

test('an address is said without what may be secret in it', () => {
  expect(sayUrl('https://user:pass@host/a/b?sig=1#x')).toBe('https://host/a/b')
  expect(sayUrl('nonsense')).toBe('a malformed address')
})

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _part of bytes);
}

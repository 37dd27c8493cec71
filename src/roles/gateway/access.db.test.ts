import { afterAll, describe, expect, it } from 'vitest'
import { testStore } from '../../../test/database.ts'
import { createLogger } from '../../engine/telemetry/logger.ts'
import { startGateway, token } from './gateway.fixture.ts'
import { createSessions } from './session.ts'

const lines: string[] = []
const logger = createLogger({ level: 'debug', name: 'test', stream: { write: (line) => void lines.push(line) } })
const { gateway, url } = await startGateway(await testStore(), { logger })
afterAll(() => gateway.close())

async function signIn(given = token): Promise<Response> {
  return await fetch(`${url}/sign-in?token=${encodeURIComponent(given)}`, { redirect: 'manual' })
}
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
const stop = (headers: Record<string, string>) =>
  fetch(`${url}/v1/stop`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"why":"a test"}',
  })

describe('signing in', () => {
  it('by the printed link leads to the dashboard with a cookie that no script and no other site can use', async () => {
    const response = await signIn()
    expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
    const cookie = response.headers.get('set-cookie') ?? ''
    for (const word of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(word)
    expect(cookie).not.toContain(token)
    expect((await fetch(`${url}/v1/stop`, { headers: { cookie: cookieOf(response) } })).status).toBe(200)
  })

  it('by any other link is refused', async () => {
    const response = await signIn('wrong')
    expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null])
  })

  it('never writes the token to a log', async () => {
    await signIn()
    await fetch(`${url}/sign-in/${token}?token=${token}&broken=%`)
    await fetch(`${url}/v1/permits/none?token=${token}`, { headers: { authorization: `Bearer ${token}` } })
    expect(lines.join('')).not.toContain(token)
  })

  it('cannot be guessed at speed', async () => {
    const statuses = new Set<number>()
    for (let guess = 0; guess < 40; guess++) statuses.add((await signIn(`guess ${guess}`)).status)
    expect(statuses).toContain(429)
  })
})

describe('the API', () => {
  it('answers nobody without a session or the token', async () => {
    const open = ['/healthz', '/readyz', '/metrics']
    for (const path of open) expect((await fetch(`${url}${path}`)).status).toBe(200)
    for (const path of ['/v1/now', '/v1/runs', '/v1/events', '/v1/live', '/v1/openapi.json', '/v1/stop'])
      for (const headers of [{}, { authorization: 'Bearer wrong' }, { cookie: 'mendline_00000000=1.x' }])
        expect((await fetch(`${url}${path}`, { headers })).status).toBe(401)
  })

  it('takes changes with a cookie only from its own pages, and with a token from anywhere', async () => {
    const sessions = createSessions({ token, clock: { now: () => new Date(), monotonicMs: () => 0 } })
    const cookie = `${sessions.cookieName}=${sessions.signIn(token)}`
    expect((await stop({ cookie, origin: url })).status).toBe(200)
    const origins = ['https://evil.example', 'null', url.replace('127.0.0.1', 'localhost'), `${url}.evil.example`]
    for (const origin of origins) expect((await stop({ cookie, origin })).status).toBe(403)
    expect((await stop({ cookie })).status).toBe(403)
    expect((await stop({ authorization: `Bearer ${token}` })).status).toBe(200)
  })
})

describe('readiness', () => {
  it('names the part that is not well, and tells nothing about it to strangers', async () => {
    const look = async () => Promise.reject(new Error('postgres://user:swordfish@db'))
    const checks = [{ name: 'flows', look }]
    const broken = await startGateway(await testStore(), { checks })
    const response = await fetch(`${broken.url}/readyz`)
    const text = await response.text()
    await broken.gateway.close()
    expect(response.status).toBe(503)
    expect(JSON.parse(text)).toEqual({
      ready: false,
      checks: [
        { name: 'database', ok: true, sentence: 'answers' },
        { name: 'flows', ok: false, sentence: expect.any(String) },
      ],
    })
    expect(text).not.toContain('swordfish')
  })
})

describe('every page', () => {
  it('forbids inline and foreign scripts, frames, sniffing and referrers', async () => {
    const { headers } = await fetch(`${url}/healthz`)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'self'(;|$)/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })
})

import { describe, expect, it } from 'vitest'
import { createSessions } from './session.ts'

function at(time: string, token = 'installation-secret') {
  let now = new Date(time)
  const sessions = createSessions({ token, clock: { now: () => now, monotonicMs: () => 0 } })
  const travelTo = (later: string) => {
    now = new Date(later)
  }
  return { sessions, travelTo }
}

describe('sessions', () => {
  it('begin with the right token and with no other', () => {
    const { sessions } = at('2026-03-01T10:00:00Z')
    expect(sessions.byCookie(sessions.signIn('installation-secret'))).toEqual({ name: 'administrator' })
    for (const wrong of ['', 'x', 'installation-secre', 'installation-secret ', 'INSTALLATION-SECRET'])
      expect(sessions.signIn(wrong)).toBeUndefined()
  })

  it('end after a week', () => {
    const { sessions, travelTo } = at('2026-03-01T10:00:00Z')
    const cookie = sessions.signIn('installation-secret')
    travelTo('2026-03-08T09:59:00Z')
    expect(sessions.byCookie(cookie)).toBeDefined()
    travelTo('2026-03-08T10:00:00Z')
    expect(sessions.byCookie(cookie)).toBeUndefined()
  })

  it('cannot be made up or made longer', () => {
    const { sessions } = at('2026-03-01T10:00:00Z')
    const [endsAt, signature] = (sessions.signIn('installation-secret') ?? '').split('.')
    for (const forged of [
      '',
      '.',
      `${Number(endsAt) + 1}.${signature}`,
      `${endsAt}.`,
      `${endsAt}`,
      `${endsAt}.${signature}x`,
    ])
      expect(sessions.byCookie(forged)).toBeUndefined()
  })

  it('of one installation mean nothing to another, nor after its secret was changed', () => {
    const one = at('2026-03-01T10:00:00Z').sessions
    const other = at('2026-03-01T10:00:00Z', 'another-secret').sessions
    expect(other.byCookie(one.signIn('installation-secret'))).toBeUndefined()
    expect(other.cookieName).not.toBe(one.cookieName)
  })

  it('an installation without a secret lets nobody in', () => {
    const { sessions } = at('2026-03-01T10:00:00Z', '')
    expect(sessions.signIn('')).toBeUndefined()
    expect(sessions.byBearer('Bearer ')).toBeUndefined()
  })

  it('the command line shows the token itself', () => {
    const { sessions } = at('2026-03-01T10:00:00Z')
    expect(sessions.byBearer('Bearer installation-secret')).toEqual({ name: 'administrator' })
    for (const wrong of [undefined, 'installation-secret', 'Bearer', 'Basic installation-secret', 'Bearer nope'])
      expect(sessions.byBearer(wrong)).toBeUndefined()
  })
})

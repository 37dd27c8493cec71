import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../base/clock.ts'

/** Who is asking. Until access control comes there is one: the local administrator. */
export interface Person {
  readonly name: string
}

export interface Sessions {
  readonly cookieName: string
  readonly lifeSeconds: number
  /** The cookie's value for whoever shows the right token; undefined for anyone else. */
  signIn(token: string): string | undefined
  byCookie(value: string | undefined): Person | undefined
  /** `Authorization: Bearer <token>`, as the command line sends it. */
  byBearer(header: string | undefined): Person | undefined
}

const administrator: Person = { name: 'administrator' }
const lifeSeconds = 7 * 24 * 60 * 60

/**
 * Sign-in by the one secret of this installation. The cookie holds the time it ends and a signature by a key made from
 * that secret, so a new secret ends every session and nothing need be stored.
 */
export function createSessions({ token, clock }: { readonly token: string; readonly clock: Clock }): Sessions {
  const key = Buffer.from(hkdfSync('sha256', token, 'mendline', 'session cookie', 32))
  const sign = (endsAt: string) => createHmac('sha256', key).update(endsAt).digest('base64url')
  const isToken = (given: string) => token !== '' && isSame(given, token)
  return {
    // Cookies do not know ports: two installations on one host must not sign each other out.
    cookieName: `mendline_${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
    lifeSeconds,
    signIn: (given) => {
      if (!isToken(given)) return undefined
      const endsAt = String(Math.floor(clock.now().getTime() / 1_000) + lifeSeconds)
      return `${endsAt}.${sign(endsAt)}`
    },
    byCookie: (value) => {
      const match = /^(\d{1,12})\.([\w-]{43})$/.exec(value ?? '')
      if (!match?.[1] || !match[2] || !isSame(match[2], sign(match[1]))) return undefined
      return Number(match[1]) * 1_000 > clock.now().getTime() ? administrator : undefined
    },
    byBearer: (header) => {
      const match = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(header ?? '')
      return match?.[1] && isToken(match[1]) ? administrator : undefined
    },
  }
}

/** Hashed first, so that neither the length nor the place of the first difference can be timed. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

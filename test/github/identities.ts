import { createVerify, generateKeyPairSync, randomBytes } from 'node:crypto'

/** Who may call: one personal token and one app with its installation tokens, checked as GitHub does. */
export interface Identities {
  readonly token: string
  readonly app: {
    readonly id: string
    readonly installation: string
    readonly slug: string
    readonly privateKey: string
  }
  /** The login behind an authorization header; undefined means 401. */
  loginOf(authorization: string | undefined): string | undefined
  isApp(authorization: string | undefined): boolean
  issue(): { readonly token: string; readonly expires_at: string }
  /** Every installation token ends now. */
  expire(): void
}

/** One key for all look-alikes of a process: making one takes longer than a test. */
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

export function createIdentities(): Identities {
  const token = `ghp_${randomBytes(18).toString('hex')}`
  const issued = new Map<string, number>()
  const app = {
    id: '4711',
    installation: '815',
    slug: 'mendline',
    privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  }
  return {
    token,
    app,
    loginOf(authorization) {
      const given = bearer(authorization)
      if (given === token) return 'mendline-bot'
      const end = issued.get(given)
      return end !== undefined && end > Date.now() ? `${app.slug}[bot]` : undefined
    },
    isApp(authorization) {
      const [head = '', claims = '', signature = ''] = bearer(authorization).split('.')
      const verified = createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')
      if (!verified) return false
      const { iss, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
      const now = Date.now() / 1_000
      return String(iss) === app.id && iat <= now && exp > now && exp - now <= 600
    },
    issue() {
      const fresh = `ghs_${randomBytes(18).toString('hex')}`
      const end = Date.now() + 3_600_000
      issued.set(fresh, end)
      return { token: fresh, expires_at: new Date(end).toISOString() }
    },
    expire: () => issued.clear(),
  }
}

function bearer(authorization: string | undefined): string {
  return /^(?:Bearer|token) (.+)$/.exec(authorization ?? '')?.[1] ?? ''
}

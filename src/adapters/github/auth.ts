import { createSign, type KeyObject } from 'node:crypto'
import type { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import { Forbidden, Unavailable } from '../../base/errors.ts'
import type { HttpClient } from '../../base/http-client.ts'
import { jsonOf } from './json.ts'
import { readLimit } from './rate-limit.ts'
import { AppIdentity, InstallationToken, UserIdentity } from './schema.ts'

/** How we prove to GitHub who we are. */
export type GithubAuth =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'app'; readonly appId: string; readonly installation: string; readonly privateKey: KeyObject }

export interface Credentials {
  /** The value of the `authorization` header; an app's token is fetched anew before it ends. */
  header(): Promise<string>
  /** GitHub answered 401 to this header: forget it. True if another can be had. */
  renew(rejected: string): boolean
  /** The login that GitHub notes beside what we do; undefined when it cannot be known. */
  login(): Promise<string | undefined>
}

interface Deps {
  readonly auth: GithubAuth
  readonly baseUrl: string
  readonly http: HttpClient
  readonly clock: Clock
}

export const apiHeaders = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
  'user-agent': 'mendline',
} as const

export function createCredentials(deps: Deps): Credentials {
  const { auth } = deps
  if (auth.kind === 'token') {
    const header = `Bearer ${auth.token}`
    const login = remembered(async () => (await ask(deps, 'GET', '/user', header, UserIdentity)).value.login)
    return { header: async () => header, renew: () => false, login }
  }
  const appHeader = () => `Bearer ${signAppToken(auth.appId, auth.privateKey, deps.clock.now())}`
  const token = createTokenCache(deps, () =>
    ask(deps, 'POST', `/app/installations/${auth.installation}/access_tokens`, appHeader(), InstallationToken),
  )
  const login = remembered(async () => `${(await ask(deps, 'GET', '/app', appHeader(), AppIdentity)).value.slug}[bot]`)
  return { ...token, login }
}

/** A JSON web token, RS256, as GitHub wants it of an app: dated back for clocks that differ, good for under ten minutes. */
function signAppToken(appId: string, privateKey: KeyObject, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000)
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: seconds - 60, exp: seconds + 540, iss: appId })}`
  return `${content}.${createSign('RSA-SHA256').update(content).sign(privateKey, 'base64url')}`
}

interface Answer<T> {
  readonly value: T
  readonly serverTime: Date
}

/** Callers at the same moment share one request. The life of a token is counted by GitHub's clock, then by our stopwatch. */
function createTokenCache({ clock }: Deps, fetchToken: () => Promise<Answer<InstallationToken>>) {
  interface Entry {
    readonly header: Promise<string>
    value?: string
    goodUntilMs?: number
  }
  let current: Entry | undefined
  const start = (): Entry => {
    const entry: Entry = {
      header: fetchToken().then(
        ({ value, serverTime }) => {
          entry.goodUntilMs = clock.monotonicMs() + (value.expires_at.getTime() - serverTime.getTime()) - 60_000
          entry.value = `Bearer ${value.token}`
          return entry.value
        },
        (error: unknown) => {
          if (current === entry) current = undefined
          throw error
        },
      ),
    }
    return entry
  }
  return {
    header(): Promise<string> {
      if (current?.goodUntilMs !== undefined && clock.monotonicMs() >= current.goodUntilMs) current = undefined
      current ??= start()
      return current.header
    },
    renew(rejected: string): boolean {
      if (current?.value === rejected) current = undefined
      return true
    },
  }
}

/** A login does not change; not being allowed to ask does not either. A lost connection may. */
function remembered(askLogin: () => Promise<string>): () => Promise<string | undefined> {
  let known: { login: string | undefined } | undefined
  return async () => {
    if (known) return known.login
    try {
      known = { login: await askLogin() }
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error
      known = { login: undefined }
    }
    return known.login
  }
}

async function ask<S extends z.ZodType>(
  { http, baseUrl, clock }: Deps,
  method: 'GET' | 'POST',
  path: string,
  authorization: string,
  schema: S,
): Promise<Answer<z.infer<S>>> {
  const answer = await http.send({
    method,
    url: baseUrl + path,
    headers: { ...apiHeaders, authorization },
    limitMs: 10_000,
    maxBytes: 1_048_576,
  })
  const what = `${method} ${path} at ${baseUrl}`
  const limit = readLimit(answer, clock.now())
  if (limit) throw new Unavailable(`${what} answered ${answer.status}: ${limit.sentence}`, limit)
  if (answer.status >= 500) throw new Unavailable(`${what} answered ${answer.status}`)
  if (answer.status >= 400)
    throw new Forbidden(
      `${what} answered ${answer.status}: check the app id, the installation id and the private key, or the token`,
    )
  const parsed = schema.safeParse(jsonOf(answer.body))
  if (!parsed.success) throw new Unavailable(`${what} answered something that is not GitHub's: check baseUrl`)
  const date = Date.parse(answer.headers.get('date') ?? '')
  return { value: parsed.data, serverTime: Number.isNaN(date) ? clock.now() : new Date(date) }
}

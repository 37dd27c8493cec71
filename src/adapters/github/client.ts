import type { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import { Forbidden, Terminal, Unavailable } from '../../base/errors.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../base/http-client.ts'
import { type Pause, type RetryBudget, retry } from '../../base/retry.ts'
import { apiHeaders, type Credentials } from './auth.ts'
import { jsonOf } from './json.ts'
import { createRateGate, messageOf } from './rate-limit.ts'

/** GitHub's REST API with its manners: our credential to its own address only, its limits kept, reads tried again. */
export interface GithubClient {
  /** The parsed answer; undefined when GitHub has no such thing (404, 410). */
  read<S extends z.ZodType>(path: string, schema: S, options?: ReadOptions): Promise<z.infer<S> | undefined>
  /** A GET whose status is the answer. Only a move within the API is followed. Tried again while `Unavailable`. */
  get(path: string, options?: ReadOptions): Promise<HttpAnswer>
  /** Sent once, never again: when it throws `Unavailable` the effect is unknown and must be looked up. */
  post(path: string): Promise<HttpAnswer>
}

interface ReadOptions {
  /** Polling and other work that gives way when the budget runs low. */
  readonly background?: boolean
  /** Not tried again. */
  readonly once?: boolean
  readonly signal?: AbortSignal | undefined
  readonly maxBytes?: number
}

export interface ClientDeps {
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly http: HttpClient
  readonly clock: Clock
  readonly pause: Pause
  readonly random: () => number
  /** How long one call may take. */
  readonly limitMs: number
}

const readBudget: RetryBudget = { tries: 4, budgetMs: 20_000, firstPauseMs: 250, maxPauseMs: 4_000 }

export function createClient(deps: ClientDeps): GithubClient {
  const gate = createRateGate(deps.clock)

  async function call(method: HttpRequest['method'], url: string, options: ReadOptions = {}): Promise<HttpAnswer> {
    gate.check(options.background === true)
    const answer = await authorized(deps, {
      method,
      url,
      limitMs: deps.limitMs,
      maxBytes: options.maxBytes ?? 33_554_432,
      signal: options.signal,
    })
    const limit = gate.learn(answer)
    const what = `${method} ${url.slice(deps.baseUrl.length)} on GitHub`
    if (limit) throw new Unavailable(`${what} was refused: ${limit.sentence}`, limit)
    if (answer.status >= 500) throw new Unavailable(`${what} answered ${answer.status}`)
    if (answer.status === 401) throw new Forbidden(`${what} was refused: the token or the app's key is not accepted`)
    return answer
  }

  async function get(path: string, options: ReadOptions = {}): Promise<HttpAnswer> {
    const budget = options.once ? { ...readBudget, tries: 1 } : readBudget
    let url = deps.baseUrl + path
    for (let hop = 0; hop < 3; hop++) {
      const answer = await retry(() => call('GET', url, options), budget, retryDeps(deps))
      const next = movedTo(answer, url)
      // A renamed repository moves within the API; only there may our credential follow.
      if (next === undefined || !next.startsWith(`${deps.baseUrl}/`)) return answer
      url = next
    }
    throw new Terminal(`GET ${path} on GitHub is redirected in a circle`)
  }

  return {
    get,
    post: (path) => call('POST', deps.baseUrl + path),
    async read(path, schema, options) {
      const answer = await get(path, options)
      if (answer.status === 404 || answer.status === 410) return undefined
      if (answer.status === 403) throw new Forbidden(`GET ${path} on GitHub was refused: ${messageOf(answer)}`)
      if (answer.status !== 200)
        throw new Terminal(`GET ${path} on GitHub answered ${answer.status}: ${messageOf(answer)}`)
      const parsed = schema.safeParse(jsonOf(answer.body))
      if (parsed.success) return parsed.data
      const issue = parsed.error.issues[0]
      throw new Terminal(
        `GET ${path} answered something that is not GitHub's: ${issue?.path.join('.')} ${issue?.message}`,
      )
    },
  }
}

export function retryDeps({ clock, random, pause }: Pick<ClientDeps, 'clock' | 'random' | 'pause'>) {
  return { monotonicMs: () => clock.monotonicMs(), random, pause }
}

/** GitHub moves a renamed repository with 301, 307 or 308, and shows the way to a log with 302: two different things. */
function movedTo(answer: HttpAnswer, from: string): string | undefined {
  return [301, 307, 308].includes(answer.status) ? location(answer, from) : undefined
}

export function linkOf(answer: HttpAnswer, from: string): string | undefined {
  return [302, 303].includes(answer.status) ? location(answer, from) : undefined
}

function location(answer: HttpAnswer, from: string): string | undefined {
  const given = answer.headers.get('location')
  return given === null ? undefined : URL.parse(given, from)?.href
}

/** A 401 may only mean that an app's token ended early: one new token, one more try. The refused call had no effect. */
async function authorized({ http, credentials }: ClientDeps, request: HttpRequest): Promise<HttpAnswer> {
  const send = (authorization: string) => http.send({ ...request, headers: { ...apiHeaders, authorization } })
  const header = await credentials.header()
  const answer = await send(header)
  if (answer.status !== 401 || !credentials.renew(header)) return answer
  return send(await credentials.header())
}

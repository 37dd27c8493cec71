import type { Clock } from '../../base/clock.ts'
import { Unavailable } from '../../base/errors.ts'
import { type HttpAnswer, parseRetryAfter } from '../../base/http-client.ts'
import { jsonOf } from './json.ts'
import { Problem } from './schema.ts'

export interface Limit {
  readonly retryAfterMs: number
  readonly sentence: string
}

/** GitHub asks for at least a minute when a secondary limit is hit without a `retry-after`. */
const secondaryPauseMs = 60_000

/**
 * Is this refusal a rate limit rather than a missing right? Both come as 403. In the order that GitHub documents:
 * `retry-after`, then `x-ratelimit-reset` when nothing remains, then the words of the secondary limit, which has no header.
 */
export function readLimit(answer: HttpAnswer, now: Date): Limit | undefined {
  if (answer.status !== 403 && answer.status !== 429) return undefined
  const askedMs = parseRetryAfter(answer.headers.get('retry-after'), now)
  if (askedMs !== undefined)
    return { retryAfterMs: askedMs, sentence: `GitHub asks to wait ${Math.ceil(askedMs / 1_000)} s` }
  if (answer.headers.get('x-ratelimit-remaining') === '0')
    return { retryAfterMs: untilReset(answer.headers, now), sentence: 'the hourly budget of API calls is used up' }
  if (answer.status === 429 || /rate limit/i.test(messageOf(answer)))
    return { retryAfterMs: secondaryPauseMs, sentence: 'too many calls in a short time' }
  return undefined
}

/** The reason that GitHub gives for a refusal, for people only: programs go by facts. */
export function messageOf(answer: { readonly body: Uint8Array }): string {
  const problem = Problem.safeParse(jsonOf(answer.body))
  return problem.success ? problem.data.message : ''
}

/** The reset is a moment of GitHub's clock, so it is compared with GitHub's clock. */
function untilReset(headers: Headers, now: Date): number {
  const resetMs = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1_000
  const date = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(resetMs)) return secondaryPauseMs
  return Math.max(1_000, resetMs - (Number.isNaN(date) ? now.getTime() : date))
}

export interface RateGate {
  /** Throws `Unavailable` instead of a call that GitHub would refuse, or that would eat the reserve. */
  check(background: boolean): void
  learn(answer: HttpAnswer): Limit | undefined
}

/** Polling stops at a tenth of the hourly budget: the rest is for mending. */
const reserve = 0.1

/** What we know of the budget of one connection. Asking while blocked makes GitHub block longer, so we do not. */
export function createRateGate(clock: Clock): RateGate {
  let blockedUntilMs = 0
  let lowUntilMs = 0
  return {
    check(background) {
      const untilMs = background ? Math.max(blockedUntilMs, lowUntilMs) : blockedUntilMs
      const waitMs = Math.ceil(untilMs - clock.monotonicMs())
      if (waitMs > 0)
        throw new Unavailable(`no call to GitHub for ${Math.ceil(waitMs / 1_000)} s: its rate limit is reached`, {
          retryAfterMs: waitMs,
        })
    },
    learn(answer) {
      const limit = readLimit(answer, clock.now())
      if (limit) blockedUntilMs = Math.max(blockedUntilMs, clock.monotonicMs() + limit.retryAfterMs)
      const remaining = Number(answer.headers.get('x-ratelimit-remaining') ?? Number.NaN)
      const total = Number(answer.headers.get('x-ratelimit-limit') ?? Number.NaN)
      if (remaining < total * reserve) lowUntilMs = clock.monotonicMs() + untilReset(answer.headers, clock.now())
      else if (remaining >= total * reserve) lowUntilMs = 0
      return limit
    },
  }
}

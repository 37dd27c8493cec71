import { Unavailable } from '../../base/errors.ts'
import { pauseAfter } from '../../base/retry.ts'
import type { Ci, EffectAnswer, RerunRequest } from '../ci.ts'
import type { Credentials } from './auth.ts'
import type { ClientDeps, GithubClient } from './client.ts'
import { messageOf } from './rate-limit.ts'
import type { Reading } from './reading.ts'
import { gone, moved, refusalOf, refused } from './refusal.ts'

/**
 * Rerun the failed jobs of a run, once. GitHub knows no idempotency key, but it counts attempts and writes down who
 * started each: so the rerun is done when the attempt after the permitted one exists and we started it. Every call looks
 * first, sends at most one request, and looks again; an unclear answer is looked up and never sent again by this call.
 */
export interface RerunDeps extends Pick<ClientDeps, 'clock' | 'pause' | 'random'> {
  readonly client: GithubClient
  readonly reading: Reading
  readonly credentials: Credentials
}

/** GitHub may show the old attempt for some moments after it took the request. */
const lookBudget = { tries: 7, budgetMs: 20_000, firstPauseMs: 200, maxPauseMs: 4_000 }

export function createRerunFailed(deps: RerunDeps): Ci['rerunFailed'] {
  const inFlight = new Map<string, Promise<EffectAnswer>>()
  return async (request) => {
    const { clean, memoryBytes, timeoutMs } = request.options
    if (clean === true || memoryBytes !== undefined || timeoutMs !== undefined)
      return refused(
        'unsupported',
        'GitHub can rerun failed jobs only as they were: no clean cache, no other size or limit',
      )
    // Reruns of one run are queued within this process; between processes GitHub's own 403 is the lock.
    const key = `${request.repository}/${request.externalId}`
    const before = inFlight.get(key)?.catch(() => undefined)
    const turn = Promise.resolve(before).then(() => rerunOnce(deps, request))
    inFlight.set(key, turn)
    try {
      return await turn
    } finally {
      if (inFlight.get(key) === turn) inFlight.delete(key)
    }
  }
}

async function rerunOnce(deps: RerunDeps, request: RerunRequest): Promise<EffectAnswer> {
  const run = await deps.reading.run(request)
  if (run === undefined) return gone(request)
  if (run.attempt > request.attempt) return whoReran(deps, request)
  const jobs = await deps.reading.jobs(request, run.attempt)
  const refusal = refusalOf(request, run, jobs, deps.clock.now())
  if (refusal) return refusal
  return send(deps, request)
}

async function send(deps: RerunDeps, request: RerunRequest): Promise<EffectAnswer> {
  const path = `/repos/${request.repository}/actions/runs/${request.externalId}/rerun-failed-jobs`
  const answer = await deps.client.post(path).catch((error: unknown) => {
    if (error instanceof Unavailable) return error
    throw error
  })
  if (answer instanceof Unavailable) return lookUp(deps, request, answer)
  if (answer.status === 201) return confirm(deps, request)
  if (answer.status === 404 || answer.status === 410) return gone(request)
  if (answer.status >= 300 && answer.status < 400) return moved(request)
  return explain(deps, request, answer.status, messageOf(answer))
}

/** GitHub may or may not have begun. A rate limit was refused for sure; anything else is worth the wait to know. */
async function lookUp(deps: RerunDeps, request: RerunRequest, unclear: Unavailable): Promise<EffectAnswer> {
  const found = unclear.retryAfterMs === undefined ? await lookForAttempt(deps, request) : undefined
  if (found) return found
  throw unclear
}

/** GitHub took it. When it does not show the attempt yet, or cannot be asked any more, its word is enough. */
async function confirm(deps: RerunDeps, request: RerunRequest): Promise<EffectAnswer> {
  const found = await lookForAttempt(deps, request).catch((error: unknown) => {
    if (error instanceof Unavailable) return undefined
    throw error
  })
  const started = { kind: 'done', attempt: request.attempt + 1, at: deps.clock.now() } as const
  return found?.kind === 'done' ? { ...found, already: false } : { ...started, already: false }
}

/** It said 403 or the like: because another process of ours was faster, because the run runs, or because we may not. */
async function explain(deps: RerunDeps, request: RerunRequest, status: number, said: string): Promise<EffectAnswer> {
  const found = await lookForAttempt(deps, request)
  if (found) return found
  const run = await deps.reading.run(request)
  const name = `run ${request.externalId} of ${request.repository}`
  if (run !== undefined && run.status !== 'completed') return refused('running', `${name} is ${run.status}`)
  const words = said === '' ? `answer ${status}` : `"${said}"`
  return refused('no-permission', `GitHub refused to rerun ${name}: ${words}; the token needs "actions: write"`)
}

/** Wait, with a bound, for the attempt after the permitted one. */
async function lookForAttempt(deps: RerunDeps, request: RerunRequest): Promise<EffectAnswer | undefined> {
  const startMs = deps.clock.monotonicMs()
  for (let look = 1; look <= lookBudget.tries; look++) {
    const run = await deps.reading.run(request)
    if (run === undefined) return gone(request)
    if (run.attempt > request.attempt) return whoReran(deps, request)
    if (deps.clock.monotonicMs() - startMs > lookBudget.budgetMs) return undefined
    if (look < lookBudget.tries) await deps.pause(pauseAfter(look, lookBudget, deps.random()))
  }
  return undefined
}

/** The attempt after the permitted one exists. Ours: done. Somebody else's: the state we were permitted for is gone. */
async function whoReran(deps: RerunDeps, request: RerunRequest): Promise<EffectAnswer> {
  const next = request.attempt + 1
  const found = await deps.reading.attempt(request, next)
  const us = await deps.credentials.login()
  const name = `run ${request.externalId} of ${request.repository}`
  if (found === undefined) return refused('state-changed', `${name} moved on past attempt ${next}`)
  if (found.run.sha !== request.sha)
    return refused('state-changed', `${name} is at commit ${found.run.sha}, not at ${request.sha}`)
  // Without a known login nobody can tell; the jobs were rerun, so sending again would be the worse mistake.
  if (us !== undefined && found.startedBy !== undefined && found.startedBy !== us)
    return refused('state-changed', `${name} was already rerun by ${found.startedBy}`)
  return { kind: 'done', attempt: next, already: true, at: found.run.startedAt ?? found.run.createdAt }
}

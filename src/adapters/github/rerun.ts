import { Unavailable } from '../../base/errors.ts'
import { pauseAfter } from '../../base/retry.ts'
import { isFailure, type Job, type Run } from '../../model/run.ts'
import type { Ci, EffectAnswer, RerunRequest } from '../ci.ts'
import type { Credentials } from './auth.ts'
import type { ClientDeps, GithubClient } from './client.ts'
import { messageOf } from './rate-limit.ts'
import type { Reading } from './reading.ts'

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

const maxReruns = 50
const maxAgeMs = 30 * 24 * 3_600_000
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
    const turn = (inFlight.get(key) ?? Promise.resolve()).then(
      () => rerunOnce(deps, request),
      () => rerunOnce(deps, request),
    )
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

/** Pure: may this rerun be sent, given the run as GitHub describes it right now? */
function refusalOf(
  request: RerunRequest,
  run: Run,
  jobs: readonly Job[],
  now: Date,
): Extract<EffectAnswer, { kind: 'refused' }> | undefined {
  const name = `run ${run.externalId} of ${run.repository}`
  if (run.sha !== request.sha) return refused('state-changed', `${name} is at commit ${run.sha}, not at ${request.sha}`)
  if (run.attempt !== request.attempt)
    return refused('state-changed', `${name} is at attempt ${run.attempt}, not at ${request.attempt}`)
  if (run.status !== 'completed')
    return refused('running', `${name} is ${run.status}: GitHub reruns only what has ended`)
  const failed = jobs.filter((job) => isFailure(job.conclusion)).map((job) => job.name)
  if (!sameNames(failed, request.jobs))
    return refused(
      'state-changed',
      `the failed jobs of ${name} are now ${sayNames(failed)}, not ${sayNames(request.jobs)}`,
    )
  if (now.getTime() - run.createdAt.getTime() > maxAgeMs)
    return refused('too-old', `${name} is older than 30 days: GitHub no longer reruns it`)
  if (run.attempt > maxReruns) return refused('too-many', `${name} was rerun ${maxReruns} times, GitHub's limit`)
  return undefined
}

async function send(deps: RerunDeps, request: RerunRequest): Promise<EffectAnswer> {
  const path = `/repos/${request.repository}/actions/runs/${request.externalId}/rerun-failed-jobs`
  try {
    const answer = await deps.client.post(path)
    if (answer.status === 201) return (await lookForAttempt(deps, request, false)) ?? started(deps, request)
    if (answer.status === 404 || answer.status === 410) return gone(request)
    if (answer.status >= 300 && answer.status < 400) return moved(request)
    return await explain(deps, request, answer.status, messageOf(answer))
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    // GitHub may or may not have begun. A limit was refused for sure; anything else is worth the wait to know.
    const found = error.retryAfterMs === undefined ? await lookForAttempt(deps, request, true) : undefined
    if (found) return found
    throw error
  }
}

/** It said 403 or the like: because another process of ours was faster, because the run runs, or because we may not. */
async function explain(deps: RerunDeps, request: RerunRequest, status: number, said: string): Promise<EffectAnswer> {
  const found = await lookForAttempt(deps, request, true)
  if (found) return found
  const run = await deps.reading.run(request)
  const name = `run ${request.externalId} of ${request.repository}`
  if (run !== undefined && run.status !== 'completed') return refused('running', `${name} is ${run.status}`)
  const words = said === '' ? `answer ${status}` : `"${said}"`
  return refused('no-permission', `GitHub refused to rerun ${name}: ${words}; the token needs "actions: write"`)
}

/** Wait, with a bound, for the attempt after the permitted one. */
async function lookForAttempt(
  deps: RerunDeps,
  request: RerunRequest,
  already: boolean,
): Promise<EffectAnswer | undefined> {
  const startMs = deps.clock.monotonicMs()
  for (let look = 1; look <= lookBudget.tries; look++) {
    const run = await deps.reading.run(request)
    if (run === undefined) return gone(request)
    if (run.attempt > request.attempt) {
      const answer = await whoReran(deps, request)
      return answer.kind === 'done' ? { ...answer, already } : answer
    }
    if (deps.clock.monotonicMs() - startMs > lookBudget.budgetMs) return undefined
    if (look < lookBudget.tries) await deps.pause(pauseAfter(look, lookBudget, deps.random()))
  }
  return undefined
}

/** GitHub took it and does not show it yet: its word is enough. */
function started(deps: RerunDeps, request: RerunRequest): EffectAnswer {
  return { kind: 'done', attempt: request.attempt + 1, already: false, at: deps.clock.now() }
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

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  const left = a.toSorted()
  const right = b.toSorted()
  return left.length === right.length && left.every((name, index) => name === right[index])
}

function sayNames(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.slice(0, 10).join(', ').slice(0, 300)
}

export function gone(request: { readonly externalId: string; readonly repository: string }): EffectAnswer {
  return refused(
    'gone',
    `GitHub knows no run ${request.externalId} in ${request.repository}, or does not show it to us`,
  )
}

/** A read may follow a renamed repository; an effect goes only where the configuration says. */
export function moved(request: { readonly repository: string }): EffectAnswer {
  return refused('gone', `${request.repository} has another name now: write the new one into the configuration`)
}

export function refused(because: Extract<EffectAnswer, { kind: 'refused' }>['because'], sentence: string) {
  return { kind: 'refused', because, sentence } as const
}

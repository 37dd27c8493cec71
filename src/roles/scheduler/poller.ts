import type { Ci } from '../../adapters/ci.ts'
import type { Connection } from '../../adapters/connection.ts'
import { jobReported, runReported } from '../../adapters/reported.ts'
import type { Clock } from '../../base/clock.ts'
import { Unavailable } from '../../base/errors.ts'
import { every } from '../../base/every.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'
import type { NewEvent } from '../../model/events.ts'
import { isFailure, type Job, type Run } from '../../model/run.ts'

/**
 * Closes the gaps that lost webhooks leave: asks every vendor every few minutes what changed and reports it as if the
 * webhook had come. What the log has already it drops by its key, so the poller and the webhooks never double.
 */
export interface Poller {
  start(): void
  /** No new look begins; resolves when the one under way has ended. */
  stop(): Promise<void>
  /** One look at everything. Never throws. */
  once(): Promise<void>
}

export interface PollerDeps {
  readonly connections: readonly Connection[]
  readonly everyMs: number
  readonly append: (events: readonly NewEvent[]) => Promise<void>
  /** Until when a repository was looked at; kept where a restart finds it. */
  readonly marks: {
    read(connection: string, repository: string): Promise<Date | undefined>
    write(connection: string, repository: string, at: Date): Promise<void>
  }
  readonly clock: Clock
  readonly logger: Pick<Logger, 'info' | 'warn'>
}

/** Clocks differ and listings lag: each look goes back a little before the end of the last. */
const overlapMs = 5 * 60_000
/** A repository that is new to us: failures of long ago are not mended any more. */
const firstLookMs = 60 * 60_000

export function createPoller(deps: PollerDeps): Poller {
  const { clock, logger } = deps
  const blockedUntilMs = new Map<string, number>()
  const told: Told = new Map()
  let running: Promise<void> | undefined

  async function lookAtConnection({ id, ci }: Connection): Promise<void> {
    for (const repository of await ci.repositories()) {
      if (clock.monotonicMs() < (blockedUntilMs.get(id) ?? 0)) return
      try {
        await lookAt(deps, told, { id, ci }, repository)
      } catch (error) {
        const retryAfterMs = error instanceof Unavailable ? error.retryAfterMs : undefined
        if (retryAfterMs !== undefined) blockedUntilMs.set(id, clock.monotonicMs() + retryAfterMs)
        logger.warn({ err: error, connection: id, repository, retryAfterMs }, 'could not look for lost webhooks')
      }
    }
  }

  async function lookAtAll(): Promise<void> {
    const looks = await Promise.allSettled(deps.connections.map(lookAtConnection))
    for (const look of looks)
      if (look.status === 'rejected') logger.warn({ err: look.reason }, 'could not list the repositories to look at')
  }

  function once(): Promise<void> {
    running ??= lookAtAll().finally(() => {
      running = undefined
    })
    return running
  }

  const timer = every(deps.everyMs, once, (error) => logger.warn({ err: error }, 'could not look for lost webhooks'))
  return { once, start: timer.start, stop: timer.stop }
}

/**
 * Ended runs, with all their jobs, that the log has from an earlier look, by repository: each look goes back over the one
 * before, and asking for the jobs of what did not change would spend the vendor's budget on nothing.
 */
type Told = Map<string, ReadonlySet<string>>

/** The mark moves only after the events are in the log: a look that dies half-way is done again. */
async function lookAt(
  deps: PollerDeps,
  told: Told,
  { id, ci }: Pick<Connection, 'id' | 'ci'>,
  repository: string,
): Promise<void> {
  const start = deps.clock.now()
  const last = await deps.marks.read(id, repository)
  const since = new Date(last === undefined ? start.getTime() - firstLookMs : last.getTime() - overlapMs)
  const runs = await ci.runsSince(repository, since)
  const place = `${id} ${repository}`
  const before = told.get(place)
  const whole = new Set<string>()
  let news = 0
  for (const run of runs) {
    const state = stateOf(run)
    if (before?.has(state)) {
      whole.add(state)
      continue
    }
    const jobs = await jobsOf(deps, ci, run)
    await deps.append([...(jobs ?? []).map((job) => jobReported(job, run.repository)), runReported(run)])
    if (run.status === 'completed' && jobs?.every((job) => job.status === 'completed')) whole.add(state)
    news += 1
  }
  told.set(place, whole)
  await deps.marks.write(id, repository, start)
  if (news > 0) deps.logger.info({ connection: id, repository, runs: news }, 'looked for lost webhooks')
}

function stateOf({ id, attempt, status, conclusion, updatedAt }: Run): string {
  return `${id} ${attempt} ${status} ${conclusion} ${updatedAt.getTime()}`
}

/** Jobs go before their run, so that whoever hears of the failure can read them. For jobs of a green run nobody asks. */
async function jobsOf({ logger }: PollerDeps, ci: Ci, run: Run): Promise<readonly Job[] | undefined> {
  if (run.status === 'completed' && !isFailure(run.conclusion)) return []
  try {
    return await ci.jobs({ repository: run.repository, externalId: run.externalId }, run.attempt)
  } catch (error) {
    if (error instanceof Unavailable) throw error
    // One run that cannot be read must not keep the others from being heard, nor its own failure.
    logger.warn({ err: error, run: run.id }, 'could not read the jobs of a run')
    return undefined
  }
}

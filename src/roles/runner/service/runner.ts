import { beat, claimJob, type NativeJob, readJob, registerRunner } from '../../../adapters/native/jobs/memory.ts'
import { standingRuns } from '../../../adapters/native/runs/memory.ts'
import type { Clock } from '../../../base/clock.ts'
import { realPause } from '../../../base/retry.ts'
import type { Database } from '../../../engine/database/database.ts'
import type { Logger } from '../../../engine/telemetry/logger.ts'
import { advance } from './advance.ts'
import type { JobDefaults } from './job-request.ts'
import { endLostJobs } from './lost.ts'
import { perform, shutdown } from './perform.ts'
import { persist } from './persist.ts'
import { thisRunner } from './runner-life.ts'

export interface RunnerOptions {
  readonly db: Database
  readonly connection: string
  /** For people: how logs and events call it. */
  readonly name: string
  /** Jobs at a time. */
  readonly slots: number
  /** Where workspaces, artifacts and caches lie; shared by runners of one host. */
  readonly dir: string
  readonly defaults: JobDefaults
  /** Put before PATH. */
  readonly toolPath?: readonly string[] | undefined
  /** Labels of `runs-on` beyond the usual ones. */
  readonly labels?: readonly string[] | undefined
  /** Secrets of a repository's workflows; masked in every log. */
  readonly secretsOf?: ((repository: string) => Promise<Readonly<Record<string, string>>>) | undefined
  readonly clock: Clock
  readonly logger: Logger
  /** When a runner that is not heard is held to be dead. */
  readonly lostAfterMs?: number | undefined
}

export interface Runner {
  start(): void
  /** Jobs that run are ended and say so; then all is stored. */
  stop(): Promise<void>
}

const lookEveryMs = 150
const beatEveryMs = 400
const sweepEveryMs = 1_000

/**
 * Claims queued jobs and performs them, a few at a time. Any number of runners, in any number of processes and hosts,
 * share one queue; each also looks after what dead ones left.
 */
export function createRunner(options: RunnerOptions): Runner {
  const { db, connection, name, slots, logger, lostAfterMs = 30_000 } = options
  const { toolPath = [], labels = [], secretsOf = async () => ({}), ...rest } = options
  const life = thisRunner(name)
  const deps = { ...rest, toolPath, labels, secretsOf, runner: life.id }
  const held = new Map<number, { readonly job: NativeJob; readonly stop: AbortController; missed: number }>()
  const stopping = new AbortController()
  const ended = new Set<Promise<void>>()
  let wake = new AbortController()
  let steadySinceMs = performance.now()
  let loops: Promise<unknown> | undefined

  function take(job: NativeJob): void {
    const stop = new AbortController()
    held.set(job.id, { job, stop, missed: 0 })
    const done = perform(job, stop.signal, deps)
      .catch((error: unknown) => logger.error({ err: error, job: job.id, run: job.runId }, 'a job was left unfinished'))
      .finally(() => {
        held.delete(job.id)
        ended.delete(done)
        wake.abort()
      })
    ended.add(done)
  }

  async function claim(): Promise<void> {
    while (held.size < slots && !stopping.signal.aborted) {
      const job = await claimJob(db, connection, life.id)
      if (job === undefined) return
      logger.info({ job: job.id, run: job.runId, name: job.name, runner: name }, 'a job is begun')
      take(job)
    }
  }

  async function hear(): Promise<void> {
    if (held.size === 0) return
    const heard = await beat(db, life.id, [...held.keys()])
    for (const [id, entry] of held) {
      const stop = heard.get(id)
      if (stop) entry.stop.abort(stop.reason)
      entry.missed = heard.has(id) ? 0 : entry.missed + 1
      // Once in a while somebody else holds the row for a moment; for longer, the job may be no longer ours.
      if (entry.missed > 3 && (await readJob(db, id))?.claimedBy !== life.id)
        entry.stop.abort('it was given up as lost')
    }
  }

  async function sweep(): Promise<void> {
    for (const run of await standingRuns(db, connection)) await advance(db, run, deps)
    const steadyMs = performance.now() - steadySinceMs
    await endLostJobs({ ...deps, lostAfterMs, steadyMs, isMine: (job) => held.has(job) })
  }

  /** Again and again until told to stop; a database that is away is waited for. */
  async function repeat(everyMs: number, what: string, body: () => Promise<void>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await body().catch((error: unknown) => {
        steadySinceMs = performance.now()
        logger.warn({ err: error, runner: name, what }, 'a runner tries again')
      })
      const until = AbortSignal.any([signal, wake.signal])
      await realPause(everyMs, until).catch(() => undefined)
      if (wake.signal.aborted) wake = new AbortController()
    }
  }

  return {
    start() {
      loops ??= persist(() => registerRunner(db, life)).then(() => run())
    },
    async stop() {
      stopping.abort()
      await loops
    },
  }

  async function run(): Promise<void> {
    const beating = new AbortController()
    const beats = repeat(beatEveryMs, 'heartbeat', hear, beating.signal)
    await Promise.all([
      repeat(lookEveryMs, 'claim', claim, stopping.signal),
      repeat(sweepEveryMs, 'sweep', sweep, stopping.signal),
    ])
    for (const { stop } of held.values()) stop.abort(shutdown)
    await Promise.all(ended)
    beating.abort()
    await beats
  }
}

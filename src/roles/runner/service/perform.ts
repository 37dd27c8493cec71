import { rm } from 'node:fs/promises'
import { changeJob, type NativeJob, noteSteps } from '../../../adapters/native/jobs/memory.ts'
import { reportJob, reportRun, reportStall } from '../../../adapters/native/outbox/report.ts'
import { changeRun } from '../../../adapters/native/runs/memory.ts'
import type { Database } from '../../../engine/database/database.ts'
import type { Logger } from '../../../engine/telemetry/logger.ts'
import type { Conclusion, Stall, Step } from '../../../model/run.ts'
import { executeJob } from '../execute/job.ts'
import type { JobRequest, JobResult, StepUpdate } from '../execute/request.ts'
import { say } from './advance.ts'
import { completeJob, whileHeld } from './held-job.ts'
import { jobFolder, type RequestDeps, requestFor } from './job-request.ts'
import { logLine } from './log-line.ts'
import { createLogWriter } from './log-writer.ts'
import { persist } from './persist.ts'
import { withoutSecrets } from './stall.ts'

export interface PerformDeps extends RequestDeps {
  readonly db: Database
  readonly runner: string
  readonly logger: Logger
}

/**
 * Run one claimed job from its start to its stored end. Nothing but a database that stays away for minutes makes it
 * fail: whatever goes wrong is the job's end and stands in its log.
 */
export async function perform(job: NativeJob, stop: AbortSignal, deps: PerformDeps): Promise<void> {
  const request = await persist(() => begin(job, deps)).catch((error: unknown) => refuse(job, error, deps))
  if (request === undefined) return
  const end = await execute(job, request, stop, deps)
  await persist(() => whileHeld(deps.db, job, deps.runner, (tx, run) => completeJob(tx, run, job, end, deps)))
  await rm(jobFolder(deps.dir, job), { recursive: true, force: true }).catch((error: unknown) => {
    deps.logger.warn({ err: error, job: job.id }, 'the folder of a job could not be removed')
  })
}

/** Claimed becomes running. Undefined when somebody wants it stopped, or it is not ours any more. */
async function begin(job: NativeJob, deps: PerformDeps): Promise<JobRequest | undefined> {
  return whileHeld(deps.db, job, deps.runner, async (tx, run, held) => {
    if (held.stop !== null) {
      await completeJob(tx, run, held, { conclusion: 'cancelled' }, deps)
      return undefined
    }
    const at = deps.clock.now()
    if (run.status === 'queued')
      await reportRun(tx, await changeRun(tx, run.id, { status: 'in_progress', conclusion: null, startedAt: at, at }))
    await reportJob(tx, run, await changeJob(tx, held.id, { state: 'running', startedAt: at }))
    return requestFor(tx, run, held, deps)
  })
}

/** A job that cannot even be begun ends, and says why. */
async function refuse(job: NativeJob, error: unknown, deps: PerformDeps): Promise<undefined> {
  deps.logger.error({ err: error, job: job.id, run: job.runId }, 'a job could not be begun')
  const sentence = `##[error]The runner ${deps.name} could not begin the job: ${messageOf(error)}`
  await persist(() =>
    whileHeld(deps.db, job, deps.runner, async (tx, run, held) => {
      await say(tx, held.id, [sentence], deps.clock.now())
      await completeJob(tx, run, held, { conclusion: 'failure' }, deps)
    }),
  )
}

interface End extends Pick<JobResult, 'outputs' | 'observed'> {
  readonly conclusion: Conclusion
  readonly steps: readonly Step[]
}

async function execute(job: NativeJob, request: JobRequest, stop: AbortSignal, deps: PerformDeps): Promise<End> {
  const { db, runner, clock, logger } = deps
  const log = createLogWriter(db, job.id)
  const progress = createProgress((steps) => noteSteps(db, job.id, runner, steps))
  const stalls: Promise<unknown>[] = []
  let seen: Stall | undefined
  const tell = (text: string) => log.line(logLine(text, clock.now()))
  try {
    const result = await executeJob(request, {
      log: log.line,
      step: progress.note,
      stalled: (stall) => {
        seen = withoutSecrets(stall)
        stalls.push(noteStall(job, seen, deps))
      },
      signal: stop,
    })
    const cut = isShutdown(stop) && result.conclusion === 'cancelled'
    if (cut) tell(`##[error]The runner ${deps.name} has received a shutdown signal: it is being stopped.`)
    return {
      conclusion: cut ? 'failure' : result.conclusion,
      outputs: result.outputs,
      steps: result.steps,
      observed: seen === undefined ? result.observed : { ...result.observed, stall: seen },
    }
  } catch (error) {
    logger.error({ err: error, job: job.id, run: job.runId }, 'a job could not be run')
    tell(`##[error]The runner ${deps.name} could not run the job: ${messageOf(error)}`)
    return { conclusion: 'failure', outputs: {}, steps: progress.steps(), observed: {} }
  } finally {
    await Promise.allSettled([...stalls, progress.settled()])
    await log
      .close()
      .catch((error: unknown) => logger.error({ err: error, job: job.id }, 'a log could not be kept whole'))
  }
}

async function noteStall(job: NativeJob, stall: Stall, deps: PerformDeps): Promise<void> {
  await persist(() =>
    whileHeld(deps.db, job, deps.runner, async (tx, run, held) => {
      const changed = await changeJob(tx, held.id, { observed: { ...held.observed, stall } })
      await reportStall(tx, run, changed, stall)
    }),
  ).catch((error: unknown) => deps.logger.error({ err: error, job: job.id }, 'a stall could not be told'))
}

/** The steps as they stand, written whenever the last writing is done: only the newest state matters. */
function createProgress(write: (steps: readonly Step[]) => Promise<void>) {
  const steps = new Map<number, StepUpdate>()
  let working: Promise<void> | undefined
  let stale = false
  const steadily = async () => {
    while (stale) {
      stale = false
      await write([...steps.values()]).catch(() => undefined)
    }
    working = undefined
  }
  return {
    note(update: StepUpdate) {
      steps.set(update.number, update)
      stale = true
      working ??= steadily()
    },
    steps: (): readonly Step[] => [...steps.values()],
    settled: async () => working,
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isShutdown(stop: AbortSignal): boolean {
  return stop.aborted && stop.reason === shutdown
}

/** The abort reason by which a runner that stops ends its jobs. */
export const shutdown = 'the runner is being stopped'

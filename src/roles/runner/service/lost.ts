import { type HeldJob, jobsOfOthers, type RunnerLife } from '../../../adapters/native/jobs/memory.ts'
import { sayDuration } from '../../../base/quantity.ts'
import type { Database } from '../../../engine/database/database.ts'
import type { Logger } from '../../../engine/telemetry/logger.ts'
import type { Step } from '../../../model/run.ts'
import { type AdvanceDeps, say } from './advance.ts'
import { completeJob, whileHeld } from './held-job.ts'
import { jobFolder } from './job-request.ts'
import { clearLeftovers } from './leftovers.ts'
import { isGone } from './runner-life.ts'

export interface LostDeps extends AdvanceDeps {
  readonly db: Database
  readonly connection: string
  readonly runner: RunnerLife
  readonly lostAfterMs: number
  /** Where jobs have their folders on this host. */
  readonly dir: string
  readonly logger: Logger
}

/** A job must not hang because its runner died: it ends as failed, says why, and what it left running here is killed. */
export async function endLostJobs({
  db,
  connection,
  runner,
  lostAfterMs,
  dir,
  logger,
  ...deps
}: LostDeps): Promise<void> {
  for (const held of await jobsOfOthers(db, connection, runner.id)) {
    const why = whyLost(held, lostAfterMs)
    if (why === undefined) continue
    if (isGone(held.runner)) await clearLeftovers(jobFolder(dir, held.job))
    const sentence = `The runner ${held.runner.name} was lost: ${why}`
    const ended = await whileHeld(db, held.job, held.runner.id, async (tx, run, job) => {
      const at = deps.clock.now()
      await say(tx, job.id, [`##[error]${sentence}`], at)
      const steps = job.steps.map((step) => closeStep(step, at))
      await completeJob(tx, run, job, { conclusion: 'failure', steps }, deps)
      return true
    })
    if (ended)
      logger.warn({ job: held.job.id, run: held.job.runId, runner: held.runner.name, why }, 'a runner was lost')
  }
}

function whyLost({ runner, silentMs }: HeldJob, lostAfterMs: number): string | undefined {
  if (isGone(runner)) return `its process ${runner.pid} ended without a word`
  return silentMs > lostAfterMs ? `it was not heard for ${sayDuration(silentMs)}` : undefined
}

function closeStep(step: Step, at: Date): Step {
  if (step.status === 'completed') return step
  const conclusion = step.status === 'in_progress' ? 'failure' : 'skipped'
  return { ...step, status: 'completed', conclusion, completedAt: at }
}

import { type HeldJob, heldJobs } from '../../../adapters/native/jobs/memory.ts'
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
  /** Jobs that are in our own hands now. */
  readonly isMine: (job: number) => boolean
  /** How long the database has answered us without a break. */
  readonly steadyMs: number
  readonly lostAfterMs: number
  /** Where jobs have their folders on this host. */
  readonly dir: string
  readonly logger: Logger
}

/** A job must not hang because its runner died: it ends as failed, says why, and what it left running here is killed. */
export async function endLostJobs(deps: LostDeps): Promise<void> {
  const { db, connection, dir, logger } = deps
  for (const held of await heldJobs(db, connection)) {
    const why = deps.isMine(held.job.id) ? undefined : whyLost(held, deps)
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

/** When the database comes back from an absence every runner has been silent: give them time to be heard again. */
const steadyEnoughMs = 5_000

function whyLost({ runner, silentMs }: HeldJob, { lostAfterMs, steadyMs }: LostDeps): string | undefined {
  if (isGone(runner)) return `its process ${runner.pid} ended without a word`
  return silentMs > lostAfterMs && steadyMs > steadyEnoughMs
    ? `it was not heard for ${sayDuration(silentMs)}`
    : undefined
}

function closeStep(step: Step, at: Date): Step {
  if (step.status === 'completed') return step
  const conclusion = step.status === 'in_progress' ? 'failure' : 'skipped'
  return { ...step, status: 'completed', conclusion, completedAt: at }
}

import type { Connection } from '../../adapters/connection.ts'
import type { Clock } from '../../base/clock.ts'
import { Terminal, Unavailable } from '../../base/errors.ts'
import type { Permits } from '../../commons/permits/permits.ts'
import { pipelines } from '../../commons/pipelines/index.ts'
import type { PipelineHooks } from '../../commons/pipelines/projection.ts'
import type { Database, Store } from '../../engine/database/database.ts'
import type { Flow } from '../../engine/flows/flow.ts'
import { startFlow, tellFlow } from '../../engine/flows/queue.ts'
import type { Metrics } from '../../engine/telemetry/metrics.ts'
import type { StoredEvent } from '../../model/events.ts'
import type { RunId } from '../../model/run.ts'
import { createHealFlow, type HealInput, hangId, healId } from './flow.ts'
import { openHealing } from './memory.ts'
import type { CurrentModels } from './models/current.ts'
import { attemptTopic } from './prove.ts'

/**
 * The door of the heal loop: it hears that a run failed, hangs or ended, and owns the flow that mends it. It knows CI
 * systems only by their interface, and no other loop.
 */
export interface HealDeps {
  readonly store: Store
  readonly connections: ReadonlyMap<string, Connection>
  readonly permits: Permits
  readonly clock: Clock
  readonly metrics: Metrics
  /** What decides beside rules; asked for at each diagnosis, so that a choice holds at once. */
  readonly current: CurrentModels
}

export interface Heal {
  readonly flow: Flow<HealInput>
  /** What the loop does when a run changes, inside the transaction that says so. */
  readonly hooks: Required<Pick<PipelineHooks, 'onRunFailed' | 'onRunEnded' | 'onStalled'>>
}

export function createHeal(deps: HealDeps): Heal {
  const heal = createHealFlow(deps)

  async function open(tx: Database, run: HealRun, because: StoredEvent, stalled?: string): Promise<void> {
    const id = stalled === undefined ? healId(run.id, run.attempt) : hangId(run.id, run.attempt)
    const { connection, externalId, repository, pipeline, branch, sha, attempt } = run
    await openHealing(tx, {
      id,
      runId: run.id,
      attempt,
      connection,
      repository,
      pipeline,
      branch,
      sha,
      at: deps.clock.now(),
    })
    const input = {
      connection,
      repository,
      externalId,
      runId: run.id,
      attempt,
      stalled,
      causation: because.id,
      correlation: because.correlation,
    }
    await startFlow(tx, heal, input, { id })
  }

  return {
    flow: heal,
    hooks: {
      onRunFailed: async (tx, run, because) => await open(tx, run, because),
      async onStalled(tx, { job }, because) {
        const run = await pipelines.findRun(tx, job.runId, job.attempt)
        if (run === undefined)
          throw new Unavailable(`job ${job.id} hangs, but its run ${job.runId} was not reported yet`)
        await open(tx, run, because, job.id)
      },
      async onRunEnded(tx, run, because) {
        // Cases of this attempt that stopped it, and of the one before that reran it, wait to see this.
        for (const flowId of [hangId(run.id, run.attempt), healId(run.id, run.attempt - 1)]) {
          await tellFlow(tx, flowId, attemptTopic(run.attempt), { attempt: run.attempt }, because.id)
        }
      },
    },
  }
}

export interface HealRun {
  readonly id: RunId
  readonly connection: string
  readonly externalId: string
  readonly repository: string
  readonly pipeline: string
  readonly branch?: string | undefined
  readonly sha: string
  readonly attempt: number
}

export function connectionOf(deps: Pick<HealDeps, 'connections'>, id: string): Connection {
  const connection = deps.connections.get(id)
  if (connection !== undefined) return connection
  throw new Terminal(
    `no connection "${id}" is configured any more: add it to mendline.yml again, or leave its runs to people`,
  )
}

import { DBOS } from '@dbos-inc/dbos-sdk'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../../base/clock.ts'
import { NotFound } from '../../base/errors.ts'
import type { Store } from '../database/database.ts'
import { attempt } from './attempt.ts'
import type { Flow, StepOptions, Steps } from './flow.ts'
import { flowQueue } from './queue.ts'
import { createTakeover } from './takeover.ts'
import { createTurns, type Turns } from './turns.ts'

/**
 * Durable functions on DBOS Transact, in the same PostgreSQL. One engine per process: DBOS keeps its registry in the
 * module, so `createFlows` is called once, with all flows.
 */
export interface Flows {
  /** Begin to run queued flows, and those that dead processes left. */
  launch(): Promise<void>
  /** Stop taking flows; those that run go on elsewhere or at the next launch. */
  stop(): Promise<void>
}

/** Where a flow stands at a step: before its body, after its body but not yet written, and written. */
export interface Boundary {
  readonly flow: string
  readonly flowId: string
  readonly step: string
  readonly at: 'before' | 'done' | 'recorded'
}

export interface FlowsOptions {
  readonly store: Store
  readonly processId: string
  readonly flows: readonly Flow<never>[]
  readonly clock: Clock
  readonly logger: Logger
  /** How many flows may work at a step at once in this process; flows that wait or sleep cost next to nothing. */
  readonly concurrency?: number
  /** Called at every boundary; the tests that kill processes stand here. */
  readonly onBoundary?: (boundary: Boundary) => void
}

export function createFlows(options: FlowsOptions): Flows {
  const { store, processId, logger } = options
  const turns = createTurns(options.concurrency ?? 50)
  for (const flow of options.flows) register(flow, turns, options.onBoundary)
  const takeover = createTakeover({
    db: store.db,
    processId,
    clock: options.clock,
    logger,
    resume: async (flowIds) => {
      await DBOS.resumeWorkflows([...flowIds], { queueName: flowQueue })
    },
  })
  return {
    async launch() {
      DBOS.setConfig({
        name: 'mendline',
        systemDatabaseUrl: store.url,
        systemDatabasePoolSize: 8,
        executorID: processId,
        applicationVersion: flowVersion,
        listenQueues: [flowQueue],
        logger: quiet(logger),
      })
      await DBOS.launch()
      await DBOS.registerQueue(flowQueue, {
        workerConcurrency: openAtMost,
        minPollingIntervalMs: 100,
        onConflict: 'always_update',
      })
      await takeover.start()
    },
    async stop() {
      turns.close()
      await DBOS.shutdown({ deregister: true })
      await takeover.stop()
    },
  }
}

/** Flows of one version go on under the next as long as this stands; change it when a flow's steps change their order. */
const flowVersion = '1'

/**
 * Flows that this process has taken up. Nearly all of them wait, for a person or for a rerun, some for days: they must not
 * keep new ones from being begun.
 */
const openAtMost = 2_000

function register(flow: Flow<never>, turns: Turns, onBoundary: FlowsOptions['onBoundary']): void {
  const body = flow.body as (input: unknown, at: Steps) => Promise<unknown>
  DBOS.registerWorkflow(
    async (input: unknown) => {
      const flowId = DBOS.workflowID
      if (flowId === undefined) throw new Error(`flow ${flow.name} was called outside the engine`)
      return await body(input, stepsOf(flow.name, flowId, turns, onBoundary))
    },
    { name: flow.name, maxRecoveryAttempts: 1_000 },
  )
}

function stepsOf(flow: string, flowId: string, turns: Turns, onBoundary: FlowsOptions['onBoundary']): Steps {
  const pass = (step: string, at: Boundary['at']) => onBoundary?.({ flow, flowId, step, at })
  return {
    flowId,
    async step<T>(name: string, body: () => Promise<T>, options: StepOptions = {}): Promise<T> {
      for (let round = 0; ; round += 1) {
        const tried = async (): Promise<T> => {
          pass(name, 'before')
          const value = await body()
          pass(name, 'done')
          return value
        }
        const result = await DBOS.runStep(() => attempt(() => turns.take(tried), options, round), { name })
        pass(name, 'recorded')
        if (result.kind === 'done') return result.value
        await DBOS.sleep(result.afterMs)
      }
    },
    async sleep(name, ms) {
      pass(name, 'before')
      await DBOS.sleep(ms)
      pass(name, 'recorded')
    },
    async wait<T>(topic: string, limitMs: number): Promise<T | undefined> {
      pass(topic, 'before')
      // It is notified; it looks by itself only for what was sent while the database was away.
      const message = await DBOS.recv<T>(topic, { timeoutSeconds: limitMs / 1_000, pollingIntervalMs: 2_000 })
      pass(topic, 'recorded')
      return message ?? undefined
    },
  }
}

/** DBOS speaks at `info` about what is our `debug`. */
function quiet(logger: Logger) {
  const child = logger.child({ engine: 'dbos' })
  return {
    info: (entry: unknown) => child.debug(entry),
    debug: (entry: unknown) => child.trace(entry),
    warn: (entry: unknown) => child.warn(entry),
    error: (entry: unknown) => child.error(entry),
  }
}

/** A flow that failed for good: a dead letter, to be looked at and sent again. */
export interface Stuck {
  readonly id: string
  readonly flow: string
  readonly error: string
  readonly since: Date
  readonly attempts: number
}

export async function stuckFlows(store: Store): Promise<readonly Stuck[]> {
  const { rows } = await sql<{ id: string; name: string; error: string | null; updated: string; attempts: string }>`
    select s.workflow_uuid as id, s.name, coalesce(o.error, s.error, s.status) as error, s.updated_at as updated, s.recovery_attempts as attempts
    from dbos.workflow_status s left join dbos.workflow_output o using (workflow_uuid) where s.status in ('ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
    order by s.updated_at desc limit 200`.execute(store.db)
  return rows.map((row) => ({
    id: row.id,
    flow: row.name,
    error: errorText(row.error ?? ''),
    since: new Date(Number(row.updated)),
    attempts: Number(row.attempts),
  }))
}

function errorText(stored: string): string {
  return /"message":"((?:[^"\\]|\\.)*)"/.exec(stored)?.[1] ?? stored.slice(0, 500)
}

/** Let a stuck flow go on from the step that failed; what it had done stays done. Any process may ask. */
export async function sendAgain(store: Store, flowId: string): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    const found = await sql`update dbos.workflow_status
      set status = 'ENQUEUED', queue_name = ${flowQueue}, error = null, recovery_attempts = 0, executor_id = null, owner_xid = null,
          started_at_epoch_ms = null, completed_at = null,
          updated_at = (extract(epoch from now()) * 1000)::bigint
      where workflow_uuid = ${flowId} and status in ('ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')`.execute(tx)
    if (found.numAffectedRows !== 1n) throw new NotFound(`flow ${flowId} is not stuck: nothing was sent again`)
    await sql`delete from dbos.workflow_output where workflow_uuid = ${flowId}`.execute(tx)
    await sql`delete from dbos.operation_outputs where workflow_uuid = ${flowId} and error is not null`.execute(tx)
  })
}

/** Bring the engine's own tables to the shape it needs; several processes may do it at once. */
export async function migrateFlows(databaseUrl: string): Promise<void> {
  const { log } = console
  // It announces itself on the console and can be given no logger.
  console.log = () => undefined
  try {
    await DBOS.migrate(databaseUrl)
  } finally {
    console.log = log
  }
}

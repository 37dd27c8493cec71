import { pipelines } from '../../commons/pipelines/index.ts'
import type { PipelineHooks } from '../../commons/pipelines/projection.ts'
import type { Store } from '../../engine/database/database.ts'
import { createReader } from '../../engine/eventlog/reader.ts'
import type { Flows } from '../../engine/flows/flows.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'

export interface Worker {
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * The worker: reads what vendors reported, turns it into what we know, lets the loops hear it, and runs their flows. Any
 * number of workers share the work.
 */
export function createWorker(deps: {
  readonly store: Store
  readonly flows: Flows
  /** What the loops do when a run changes, each inside the transaction that says so. */
  readonly hears: readonly PipelineHooks[]
  readonly logger: Logger
}): Worker {
  const { store, flows, hears, logger } = deps
  const hooks = together(hears)
  const reader = createReader(store, {
    name: 'pipelines',
    types: pipelines.projected,
    logger,
    handle: (tx, events) => pipelines.project(tx, events, hooks),
  })
  return {
    async start() {
      await flows.launch()
      reader.start()
    },
    async stop() {
      await reader.stop()
      await flows.stop()
    },
  }
}

function together(hears: readonly PipelineHooks[]): PipelineHooks {
  return {
    async onPush(...args) {
      for (const hooks of hears) await hooks.onPush?.(...args)
    },
    async onRunFailed(...args) {
      for (const hooks of hears) await hooks.onRunFailed?.(...args)
    },
    async onRunEnded(...args) {
      for (const hooks of hears) await hooks.onRunEnded?.(...args)
    },
    async onStalled(...args) {
      for (const hooks of hears) await hooks.onStalled?.(...args)
    },
  }
}

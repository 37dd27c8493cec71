import type { EventType, StoredEvent } from '../../model/events.ts'
import { isFailure } from '../../model/run.ts'
import type { Store } from '../database/database.ts'
import { countDead } from '../eventlog/dead.ts'
import { readerLags } from '../eventlog/memory.ts'
import { createReader, type Reader } from '../eventlog/reader.ts'
import type { Logger } from './logger.ts'
import type { Metrics } from './metrics.ts'
import { resultOf } from './spans.ts'

/**
 * Counts what happened from the log itself, so that every event is counted in one place. Several processes share the
 * reader: each event is in the counts of one of them, and their sum is right.
 */
export function createCounting(deps: {
  readonly store: Store
  readonly metrics: Metrics
  readonly logger: Logger
}): Reader {
  const { store, metrics, logger } = deps
  metrics.onScrape(async () => metrics.readerLags(await readerLags(store.db)))
  metrics.onScrape(async () => metrics.setAside('events', await countDead(store.db)))
  return createReader(store, {
    name: 'counting',
    types: Object.keys(counts) as EventType[],
    logger,
    handle: async (_tx, events) => {
      for (const event of events) count(metrics, event)
    },
  })
}

type Count<T extends EventType> = (metrics: Metrics, data: StoredEvent<T>['data']) => void

/** What each event adds to the counts; others add nothing. */
const counts: { readonly [T in EventType]?: Count<T> } = {
  'run.succeeded': countRun,
  'run.failed': countRun,
  'run.cancelled': countRun,
  'failure.diagnosed': (metrics, { diagnosis }) => metrics.diagnosed(diagnosis.category),
  'remedy.proven': (metrics, { remedy }) => metrics.healed(remedy, 'mended'),
  'remedy.disproven': (metrics, { remedy }) => metrics.healed(remedy, 'not-mended'),
  'healing.finished': (metrics, { outcome }) => {
    // These two ends were counted with their remedy.
    if (outcome !== 'mended' && outcome !== 'not-mended') metrics.healed('none', outcome)
  },
  'permit.granted': (metrics, { remedy }) => metrics.permitAnswered(remedy, 'granted', 'none'),
  'permit.asked': (metrics, { remedy, reasons }) => metrics.permitAnswered(remedy, 'asked', firstOf(reasons)),
  'permit.refused': (metrics, { remedy, reasons }) => metrics.permitAnswered(remedy, 'refused', firstOf(reasons)),
  'permit.voided': (metrics, { remedy, reasons }) => metrics.permitAnswered(remedy, 'voided', firstOf(reasons)),
  'incident.opened': (metrics, { severity }) => metrics.incidentOpened(severity),
}

function count<T extends EventType>(metrics: Metrics, event: StoredEvent<T>): void {
  const add: Count<T> | undefined = counts[event.type]
  add?.(metrics, event.data)
}

function firstOf(reasons: readonly { readonly code: string }[]): string {
  return reasons[0]?.code ?? 'none'
}

function countRun(metrics: Metrics, { run }: StoredEvent<'run.failed'>['data']): void {
  const startedMs = Date.parse(run.startedAt ?? run.createdAt)
  metrics.runEnded({
    pipeline: run.pipeline,
    result: resultOf(run.conclusion),
    seconds: Math.max(0, Date.parse(run.updatedAt) - startedMs) / 1_000,
    errorType: isFailure(run.conclusion) ? run.conclusion : undefined,
  })
}

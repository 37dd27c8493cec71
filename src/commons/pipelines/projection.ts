import type { Database } from '../../engine/database/database.ts'
import { append } from '../../engine/eventlog/append.ts'
import type { Events, EventType, NewEvent, StoredEvent } from '../../model/events.ts'
import { reviveJob, reviveRun } from '../../model/revive.ts'
import type { Conclusion, Job, Run, Stall } from '../../model/run.ts'
import { isFailure } from '../../model/run.ts'
import { recordJobs, recordStall } from './jobs-memory.ts'
import { recordRuns, takeUnannounced } from './runs-memory.ts'

/** What others do when a run changes, inside the transaction that says so. Each is called once per fact, ever. */
export interface PipelineHooks {
  onPush?(tx: Database, push: Events['push.received'], because: StoredEvent): Promise<void>
  onRunFailed?(tx: Database, run: Run, because: StoredEvent): Promise<void>
  /** Every end, also the failed one, after its own hook. */
  onRunEnded?(tx: Database, run: Run, because: StoredEvent): Promise<void>
  onStalled?(
    tx: Database,
    stalled: { readonly job: Job; readonly repository: string; readonly stall: Stall },
    because: StoredEvent,
  ): Promise<void>
}

/** The events that `project` reads; it passes over all others. */
export const projected = [
  'push.received',
  'run.reported',
  'job.reported',
  'job.stalled',
] as const satisfies readonly EventType[]

/**
 * Turn what vendors report, doubled and in any order, into what we know: one state per attempt, and its start and its end
 * as events, once. Runs in the reader's transaction: state, events and whatever the hooks start stand or fall together.
 */
export async function project(tx: Database, events: readonly StoredEvent[], on: PipelineHooks): Promise<void> {
  await projectJobs(tx, events, on)
  await projectRuns(tx, events, on)
  for (const event of events) {
    if (isA('push.received', event)) await on.onPush?.(tx, event.data, event)
  }
}

async function projectJobs(tx: Database, events: readonly StoredEvent[], on: PipelineHooks): Promise<void> {
  const reports = events.filter((event) => isA('job.reported', event) || isA('job.stalled', event))
  await recordJobs(
    tx,
    reports.map((event) => ({ job: reviveJob(event.data.job), repository: event.data.repository })),
  )
  for (const event of reports) {
    if (!isA('job.stalled', event)) continue
    const { repository, stall } = event.data
    const job = reviveJob(event.data.job)
    if (await recordStall(tx, job.id, stall)) await on.onStalled?.(tx, { job, repository, stall }, event)
  }
}

async function projectRuns(tx: Database, events: readonly StoredEvent[], on: PipelineHooks): Promise<void> {
  const reports = events
    .filter((event) => isA('run.reported', event))
    .map((event) => ({ event, run: reviveRun(event.data.run) }))
  await recordRuns(
    tx,
    reports.map((report) => report.run),
  )
  const due = await takeUnannounced(
    tx,
    reports.map((report) => report.run),
  )
  for (const { run, started, ended } of due) {
    const because = reports.findLast((report) => report.run.id === run.id && report.run.attempt === run.attempt)?.event
    if (!because) continue
    const announced: EventType[] = []
    if (started) announced.push('run.started')
    if (ended) announced.push(ending(run.conclusion))
    await append(
      tx,
      announced.map((type) => derived(type as Derived, run, because)),
    )
    if (!ended) continue
    if (isFailure(run.conclusion)) await on.onRunFailed?.(tx, run, because)
    await on.onRunEnded?.(tx, run, because)
  }
}

type Derived = 'run.started' | 'run.succeeded' | 'run.failed' | 'run.cancelled'

/** A run that was skipped has nothing to mend: it counts as passed, as vendors show it. */
function ending(conclusion: Conclusion | undefined): Derived {
  if (isFailure(conclusion)) return 'run.failed'
  return conclusion === 'cancelled' || conclusion === 'stale' ? 'run.cancelled' : 'run.succeeded'
}

function derived(type: Derived, run: Run, because: StoredEvent): NewEvent {
  return {
    type,
    subject: run.id,
    data: { run },
    time: type === 'run.started' ? run.startedAt : run.updatedAt,
    causation: because.id,
    correlation: because.correlation,
    // The second guard; `takeUnannounced` is the first.
    dedupeKey: `${type === 'run.started' ? 'run.started' : 'run.ended'} ${run.id} ${run.attempt}`,
  }
}

function isA<T extends EventType>(type: T, event: StoredEvent): event is StoredEvent<T> {
  return event.type === type
}

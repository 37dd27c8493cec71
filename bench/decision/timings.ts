import type { Store } from '../../src/engine/database/database.ts'

/** How long one failure took, by the times at which the event log recorded its events; undefined: not yet. */
export interface Timing {
  readonly runId: string
  /** From the report of the vendor, as it became durable, to `run.failed`. */
  readonly heardMs: number
  readonly plannedMs: number | undefined
  readonly grantedMs: number | undefined
  readonly remedy: string | undefined
  /** What became of the permit at first: granted, asked or refused. */
  readonly permit: string | undefined
}

/** Every first failure of these runs that is known by now. */
export async function readTimings(store: Store, runIds: readonly string[]): Promise<readonly Timing[]> {
  const { rows } = await store.pool.query<Timing>(
    `with failed as (
       select distinct on (subject) subject, recorded_at, causation from events
       where type = 'run.failed' and subject = any($1) order by subject, position
     ), planned as (
       select distinct on (subject) subject, recorded_at, data from events
       where type = 'remedy.planned' and subject = any($1) order by subject, position
     ), permitted as (
       select distinct on (data->>'runId') data->>'runId' as run_id, recorded_at, type from events
       where type in ('permit.granted', 'permit.asked', 'permit.refused') order by data->>'runId', position
     )
     select failed.subject as "runId", planned.data->'plan'->>'remedy' as remedy,
       split_part(permitted.type, '.', 2) as permit,
       1000 * extract(epoch from failed.recorded_at - reported.recorded_at)::float8 as "heardMs",
       1000 * extract(epoch from planned.recorded_at - failed.recorded_at)::float8 as "plannedMs",
       case permitted.type when 'permit.granted'
         then 1000 * extract(epoch from permitted.recorded_at - failed.recorded_at)::float8 end as "grantedMs"
     from failed
     join events reported on reported.id = failed.causation::uuid
     left join planned on planned.subject = failed.subject
     left join permitted on permitted.run_id = failed.subject`,
    [runIds],
  )
  return rows.map((row) => ({
    ...row,
    plannedMs: row.plannedMs ?? undefined,
    grantedMs: row.grantedMs ?? undefined,
    remedy: row.remedy ?? undefined,
    permit: row.permit ?? undefined,
  }))
}

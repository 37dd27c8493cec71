import { type RawBuilder, sql } from 'kysely'
import { storableText } from '../../base/text.ts'
import type { Database } from '../../engine/database/database.ts'
import { envelope } from '../../engine/eventlog/append.ts'
import { columnsOf } from '../../engine/eventlog/memory.ts'
import { storableJson } from '../../engine/eventlog/storable-json.ts'
import type { NewEvent } from '../../model/events.ts'

type DeliveryTables = {
  deliveries: {
    id: string
    connection: string
    delivery_id: string | null
    body_hash: Buffer
    state: DeliveryState
    reason: string | null
    bytes: number
    headers: unknown
    body: string | null
    received_at: Date
  }
}

/** accepted: its events are in the log. ignored: authentic, and nothing for us. quarantined: authentic, and unreadable. */
export type DeliveryState = 'accepted' | 'ignored' | 'quarantined'

export interface Delivery {
  readonly id: string
  readonly connection: string
  /** The vendor's own id of the delivery, if it sends one. */
  readonly deliveryId: string | undefined
  readonly bodyHash: Buffer
  readonly bytes: number
  readonly state: DeliveryState
  readonly reason: string | undefined
  /** Kept for quarantined deliveries only: redacted and limited. */
  readonly evidence: { readonly headers: Readonly<Record<string, string>>; readonly body: string } | undefined
  readonly receivedAt: Date
}

/** A delivery with what it says to us. */
export interface Delivered extends Delivery {
  readonly events?: readonly NewEvent[]
}

/**
 * Keep deliveries and append their events, all in one call to the database; answers the ids of those that are new. A
 * delivery is a duplicate, and its events are not appended, when its connection has brought the same delivery id or the same
 * bytes before, also earlier in this very batch.
 */
export async function recordDeliveries(db: Database, deliveries: readonly Delivered[]): Promise<ReadonlySet<string>> {
  if (deliveries.length === 0) return new Set()
  const told = deliveries.flatMap(({ id, events = [] }) =>
    events.map((event) => ({ cause: id, event: envelope(event) })),
  )
  const causes = told.map(({ cause }) => cause)
  const events = columnsOf(told.map(({ event }) => event))
  const { rows } = await sql<{ fresh: readonly string[] }>`
    select record_deliveries(${facts(deliveries)}, ${causes}, ${events}) as fresh`.execute(db)
  return new Set(rows[0]?.fresh)
}

/** Deliveries as the SQL function takes them: a list for each column. */
function facts(deliveries: readonly Delivered[]): RawBuilder<unknown> {
  return sql.join([
    deliveries.map((delivery) => delivery.id),
    deliveries.map((delivery) => delivery.connection),
    deliveries.map((delivery) => delivery.deliveryId),
    deliveries.map((delivery) => delivery.bodyHash),
    deliveries.map((delivery) => delivery.state),
    deliveries.map((delivery) => delivery.reason && storableText(delivery.reason)),
    deliveries.map((delivery) => delivery.bytes),
    deliveries.map((delivery) => delivery.evidence && storableJson(delivery.evidence.headers)),
    deliveries.map((delivery) => delivery.evidence && storableText(delivery.evidence.body)),
    deliveries.map((delivery) => delivery.receivedAt.toISOString()),
  ])
}

/** Deliveries that could not be read, newest first. */
export async function quarantinedDeliveries(db: Database, limit: number): Promise<readonly Delivery[]> {
  const rows = await tables(db)
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'quarantined')
    .orderBy('received_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    connection: row.connection,
    deliveryId: row.delivery_id ?? undefined,
    bodyHash: row.body_hash,
    bytes: row.bytes,
    state: row.state,
    reason: row.reason ?? undefined,
    evidence: row.body === null ? undefined : { headers: row.headers as Record<string, string>, body: row.body },
    receivedAt: row.received_at,
  }))
}

/** Forget deliveries that nobody can send again: vendors redeliver for days, not for months. */
export async function forgetDeliveries(db: Database, receivedBefore: Date): Promise<number> {
  const result = await tables(db).deleteFrom('deliveries').where('received_at', '<', receivedBefore).executeTakeFirst()
  return Number(result.numDeletedRows)
}

function tables(db: Database) {
  return db.withTables<DeliveryTables>()
}

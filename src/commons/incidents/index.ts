import { Conflict, NotFound } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { IncidentView } from '../../contract/views.ts'
import type { Database } from '../../engine/database/database.ts'
import { transaction } from '../../engine/database/transaction.ts'
import { append } from '../../engine/eventlog/append.ts'
import { closeRow, findRow, type IncidentRow, insertOrCount, listRows } from './memory.ts'

/** What people must look at: opened once for one cause, counted while it lasts, closed by a person or by proof. */
export interface NewIncident {
  /** The same key is the same incident for as long as it is open. */
  readonly key: string
  readonly title: string
  readonly severity: 'low' | 'high'
  readonly runId?: string | undefined
  readonly healing?: string | undefined
  /** In words, most telling first. */
  readonly evidence: readonly string[]
}

const maxEvidence = 20

/** Open an incident, or count one more occurrence of the open one with this key. Only the first appends an event. */
export async function openIncident(db: Database, incident: NewIncident, at: Date = new Date()): Promise<IncidentView> {
  return await transaction(db, async (tx) => {
    const row = await insertOrCount(tx, {
      id: newId(at.getTime()),
      key: incident.key,
      title: oneLine(incident.title),
      severity: incident.severity,
      run_id: incident.runId ?? null,
      healing_id: incident.healing ?? null,
      evidence: incident.evidence.slice(0, maxEvidence).map((sentence) => sentence.slice(0, 2_000)),
      at,
    })
    if (row.occurrences === 1) {
      const data = { incident: row.id, title: row.title, severity: row.severity }
      await append(tx, [{ type: 'incident.opened', subject: row.id, data }])
    }
    return present(row)
  })
}

/** Close an open incident. `NotFound`, or `Conflict` when it is closed already. */
export async function resolveIncident(
  db: Database,
  id: string,
  resolution: { readonly by: string; readonly why: string },
  at: Date = new Date(),
): Promise<IncidentView> {
  return await transaction(db, async (tx) => {
    const row = await closeRow(tx, id, { ...resolution, at })
    if (row === undefined) {
      if ((await findRow(tx, id)) === undefined) throw new NotFound(`there is no incident ${id.slice(0, 80)}`)
      throw new Conflict(`incident ${id} is resolved already`)
    }
    await append(tx, [{ type: 'incident.resolved', subject: id, data: { incident: id, ...resolution } }])
    return present(row)
  })
}

/** Newest first. */
export async function listIncidents(
  db: Database,
  filter: { readonly state?: 'open' | 'resolved' | undefined; readonly limit?: number } = {},
): Promise<readonly IncidentView[]> {
  return (await listRows(db, { state: filter.state, limit: filter.limit ?? 100 })).map(present)
}

export async function findIncident(db: Database, id: string): Promise<IncidentView | undefined> {
  const row = await findRow(db, id)
  return row === undefined ? undefined : present(row)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300)
}

function present(row: IncidentRow): IncidentView {
  const again = row.occurrences === 1 ? [] : [`Seen ${row.occurrences} times, last at ${row.last_at.toISOString()}.`]
  return {
    id: row.id,
    title: row.title,
    severity: row.severity,
    state: row.state,
    openedAt: row.opened_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    runId: row.run_id,
    healing: row.healing_id,
    evidence: [...row.evidence, ...again],
  }
}

import type { EventType } from '../../../src/model/events.ts'

/** Every kind of event in the order of the river; the compiler sees that none is missing. */
const inOrder: Record<EventType, true> = {
  'push.received': true,
  'run.reported': true,
  'job.reported': true,
  'job.stalled': true,
  'delivery.quarantined': true,
  'run.started': true,
  'run.succeeded': true,
  'run.failed': true,
  'run.cancelled': true,
  'failure.diagnosed': true,
  'failure.labelled': true,
  'remedy.planned': true,
  'remedy.applied': true,
  'remedy.proven': true,
  'remedy.disproven': true,
  'healing.finished': true,
  'permit.asked': true,
  'permit.granted': true,
  'permit.refused': true,
  'permit.voided': true,
  'permit.used': true,
  'model.trained': true,
  'model.chosen': true,
  'stop.engaged': true,
  'stop.released': true,
  'incident.opened': true,
  'incident.resolved': true,
}

export const eventTypes = Object.keys(inOrder) as EventType[]

import { EventsQuery } from '../../../contract/requests.ts'
import { EventList } from '../../../contract/views.ts'
import { page } from '../../../engine/eventlog/page.ts'
import type { EventType } from '../../../model/events.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers, pageOf, pageSize } from './api.ts'

export function eventsRoutes(api: Api, { store: { db } }: GatewayDeps): void {
  api.get(
    '/v1/events',
    { schema: { summary: 'The event log, newest first', querystring: EventsQuery, response: answers(EventList) } },
    async ({ query: { before, type, subject, correlation } }) => {
      // A type that we do not have is in no event: the list is empty.
      const types = type === undefined ? undefined : [type as EventType]
      const listed = await page(db, { before, types, subject, correlation, limit: pageSize + 1 })
      const { rows, next } = pageOf(listed, (event) => String(event.position))
      return {
        events: rows.map((event) => ({
          id: event.id,
          position: event.position,
          type: event.type,
          subject: event.subject,
          time: event.time.toISOString(),
          correlation: event.correlation,
          causation: event.causation ?? null,
          data: event.data,
        })),
        next,
      }
    },
  )
}

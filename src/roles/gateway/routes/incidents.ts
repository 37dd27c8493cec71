import { ById, IncidentsQuery, WithReason } from '../../../contract/requests.ts'
import { IncidentList, IncidentView } from '../../../contract/views.ts'
import { personOf } from '../access.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers } from './api.ts'

export function incidentsRoutes(api: Api, { incidents }: GatewayDeps): void {
  api.get(
    '/v1/incidents',
    { schema: { summary: 'Incidents, newest first', querystring: IncidentsQuery, response: answers(IncidentList) } },
    async ({ query: { state } }) => ({ incidents: [...(await incidents.list({ state }))] }),
  )

  api.post(
    '/v1/incidents/:id/resolve',
    { schema: { summary: 'Close an incident', params: ById, body: WithReason, response: answers(IncidentView) } },
    async (request) => incidents.resolve(request.params.id, personOf(request).name, request.body.why),
  )
}

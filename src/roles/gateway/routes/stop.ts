import { Plain, WithReason } from '../../../contract/requests.ts'
import { StopView } from '../../../contract/views.ts'
import { personOf } from '../access.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers } from './api.ts'

export function stopRoutes(api: Api, { stop }: GatewayDeps): void {
  api.get('/v1/stop', { schema: { summary: 'The stop switch', response: answers(StopView) } }, async () => stop.read())

  api.post(
    '/v1/stop',
    { schema: { summary: 'Stop every effect', body: WithReason, response: answers(StopView) } },
    async (request) => stop.engage(personOf(request).name, request.body.why),
  )

  api.post(
    '/v1/resume',
    { schema: { summary: 'Allow effects again', body: Plain, response: answers(StopView) } },
    async (request) => stop.release(personOf(request).name),
  )
}

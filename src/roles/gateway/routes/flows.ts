import { ById, Plain } from '../../../contract/requests.ts'
import { StuckList } from '../../../contract/views.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers } from './api.ts'

export function flowsRoutes(api: Api, { flows }: GatewayDeps): void {
  const show = async () => ({ flows: [...(await flows.list())] })

  api.get('/v1/flows/stuck', { schema: { summary: 'Flows that failed for good', response: answers(StuckList) } }, show)

  api.post(
    '/v1/flows/:id/again',
    { schema: { summary: 'Let a flow go on', params: ById, body: Plain, response: answers(StuckList) } },
    async ({ params: { id } }) => {
      await flows.again(id)
      return await show()
    },
  )
}

import { AutonomyChange } from '../../../contract/requests.ts'
import { AutonomyView } from '../../../contract/views.ts'
import { personOf } from '../access.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers } from './api.ts'

export function autonomyRoutes(api: Api, { autonomy }: GatewayDeps): void {
  api.get(
    '/v1/autonomy',
    { schema: { summary: 'What each remedy may do, and its record', response: answers(AutonomyView) } },
    async () => await autonomy.view(),
  )

  api.put(
    '/v1/autonomy',
    { schema: { summary: 'Choose what a remedy may do', body: AutonomyChange, response: answers(AutonomyView) } },
    async (request) => {
      await autonomy.choose({ ...request.body, by: personOf(request).name })
      return await autonomy.view()
    },
  )
}

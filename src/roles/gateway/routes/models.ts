import { ModelList } from '../../../contract/learning.ts'
import { ById, Plain } from '../../../contract/requests.ts'
import { personOf } from '../access.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers } from './api.ts'

export function modelsRoutes(api: Api, { models }: GatewayDeps): void {
  api.get(
    '/v1/models',
    { schema: { summary: 'What diagnoses, and what it was trained on', response: answers(ModelList) } },
    async () => await models.list(),
  )

  api.post(
    '/v1/models/:id/use',
    { schema: { summary: 'Diagnose with this version', params: ById, body: Plain, response: answers(ModelList) } },
    async (request) => await models.use(request.params.id, personOf(request).name),
  )
}

import { FamilyList, FamilyView } from '../../../contract/learning.ts'
import { ById, FamiliesQuery, NewLabel } from '../../../contract/requests.ts'
import { personOf } from '../access.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers, found, pageOf, pageSize } from './api.ts'

export function familiesRoutes(api: Api, { families }: GatewayDeps): void {
  api.get(
    '/v1/families',
    {
      schema: {
        summary: 'Failures that are the same failure, seen last first',
        querystring: FamiliesQuery,
        response: answers(FamilyList),
      },
    },
    async ({ query: { before, state } }) => {
      const { rows, next } = pageOf(await families.list({ before, state, limit: pageSize + 1 }), ({ id }) => id)
      return { families: rows, next }
    },
  )

  api.get(
    '/v1/families/:id',
    { schema: { summary: 'One family of failures', params: ById, response: answers(FamilyView) } },
    async ({ params: { id } }) => found(await families.find(id), `family ${id} among the failures of late`),
  )

  api.post(
    '/v1/families/:id/label',
    {
      schema: {
        summary: 'Say what the failures of a family are',
        params: ById,
        body: NewLabel,
        response: answers(FamilyView),
      },
    },
    async (request) => {
      const { id } = request.params
      const by = personOf(request).name
      return found(await families.label(id, request.body, by), `family ${id} among the failures of late`)
    },
  )
}

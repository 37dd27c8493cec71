import { ById, HealingsQuery, NewLabel } from '../../../contract/requests.ts'
import { HealingList, HealingView } from '../../../contract/views.ts'
import { personOf } from '../access.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers, found, pageOf, pageSize } from './api.ts'

export function healingsRoutes(api: Api, { healings }: GatewayDeps): void {
  api.get(
    '/v1/healings',
    { schema: { summary: 'The ledger, newest first', querystring: HealingsQuery, response: answers(HealingList) } },
    async ({ query: { before, outcome } }) => {
      const { rows, next } = pageOf(await healings.list({ before, outcome, limit: pageSize + 1 }), ({ id }) => id)
      return { healings: rows, next }
    },
  )

  api.get(
    '/v1/healings/:id',
    { schema: { summary: 'One case of the ledger', params: ById, response: answers(HealingView) } },
    async ({ params: { id } }) => found(await healings.find(id), `healing ${id}`),
  )

  api.post(
    '/v1/healings/:id/label',
    {
      schema: {
        summary: 'Say what failures like this one are',
        params: ById,
        body: NewLabel,
        response: answers(HealingView),
      },
    },
    async (request) => {
      const { id } = request.params
      return found(await healings.label(id, request.body, personOf(request).name), `healing ${id}`)
    },
  )
}

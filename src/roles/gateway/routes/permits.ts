import { z } from 'zod'
import { Conflict } from '../../../base/errors.ts'
import { presentPermit } from '../../../contract/present.ts'
import { ById, Plain, WithReason } from '../../../contract/requests.ts'
import { PermitList, PermitView } from '../../../contract/views.ts'
import { type Permit, permitStates } from '../../../model/permit.ts'
import { personOf } from '../access.ts'
import type { GatewayDeps } from '../index.ts'
import { type Api, answers, found } from './api.ts'

const longestList = 200

export function permitsRoutes(api: Api, { permits }: GatewayDeps): void {
  const querystring = z.object({ state: z.enum(permitStates).optional() })
  api.get(
    '/v1/permits',
    { schema: { summary: 'Permits, newest first', querystring, response: answers(PermitList) } },
    async ({ query: { state } }) => ({
      permits: (await permits.list({ state, limit: longestList })).map(presentPermit),
    }),
  )

  api.get(
    '/v1/permits/:id',
    { schema: { summary: 'One permit', params: ById, response: answers(PermitView) } },
    async ({ params: { id } }) => presentPermit(found(await permits.find(id), `permit ${id}`)),
  )

  api.post(
    '/v1/permits/:id/approve',
    { schema: { summary: 'Say yes', params: ById, body: Plain, response: answers(PermitView) } },
    async (request) => {
      const by = personOf(request).name
      return presentPermit(stillBound(await permits.answer(request.params.id, { by, yes: true })))
    },
  )

  api.post(
    '/v1/permits/:id/refuse',
    { schema: { summary: 'Say no, and why', params: ById, body: WithReason, response: answers(PermitView) } },
    async (request) => {
      const { why } = request.body
      const by = personOf(request).name
      return presentPermit(stillBound(await permits.answer(request.params.id, { by, yes: false, why })))
    },
  )
}

/** The person answered for a state that is no more: their answer had no effect, and they must know. */
function stillBound(permit: Permit): Permit {
  if (permit.state !== 'void') return permit
  const reasons = permit.reasons.map((reason) => reason.sentence).join('; ')
  throw new Conflict(`the answer came too late, what was asked for has changed since: ${reasons}`)
}

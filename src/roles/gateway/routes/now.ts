import { pipelines } from '../../../commons/pipelines/index.ts'
import { NowView } from '../../../contract/views.ts'
import type { GatewayDeps } from '../index.ts'
import { composeNow } from '../now.ts'
import { type Api, answers } from './api.ts'

const seamLength = 20
const recentDays = 14
const longestList = 100

export function nowRoutes(api: Api, deps: GatewayDeps): void {
  const { store, clock, permits, incidents, healings, stop } = deps
  api.get(
    '/v1/now',
    { schema: { summary: 'What needs you, what is being mended, what is well', response: answers(NowView) } },
    async () => {
      const since = new Date(clock.now().getTime() - recentDays * 24 * 60 * 60 * 1_000)
      const [asked, opened, unfinished, recent, lines, { stopped }] = await Promise.all([
        permits.list({ state: 'asked', limit: longestList }),
        incidents.list({ state: 'open' }),
        healings.list({ open: true, limit: longestList }),
        healings.list({ limit: longestList }),
        pipelines.pipelineStates(store.db, { since, seam: seamLength, limit: longestList }),
        stop.read(),
      ])
      return composeNow({ asked, incidents: opened, unfinished, recent, lines, stopped })
    },
  )
}

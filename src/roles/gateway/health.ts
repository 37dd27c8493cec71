import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { ReadyView } from '../../contract/views.ts'
import type { GatewayDeps } from './index.ts'
import type { Check } from './sources.ts'

const patienceMs = 2_000

/** `/healthz`: this process runs. `/readyz`: it can work. `/metrics`: how it is doing. Open to probes; they tell no secrets. */
export function healthRoutes(app: FastifyInstance, deps: GatewayDeps): void {
  const checks: readonly Check[] = [database(deps), ...deps.checks]

  app.get('/healthz', { schema: { summary: 'Does this process run?', response: { 200: Alive } } }, async () => ({
    status: 'ok' as const,
  }))

  const schema = { summary: 'Can it do its work?', response: { 200: ReadyView, 503: ReadyView } }
  app.get('/readyz', { schema }, async (_request, reply) => {
    const results = await Promise.all(checks.map(inTime))
    const ready = results.every((check) => check.ok)
    return reply.code(ready ? 200 : 503).send({ ready, checks: results } satisfies ReadyView)
  })

  app.get('/metrics', { schema: { summary: 'Metrics for Prometheus' } }, async (_request, reply) => {
    const { contentType, text } = await deps.metrics()
    return reply.type(contentType).send(text)
  })
}

const Alive = z.object({ status: z.literal('ok') })

function database({ store }: GatewayDeps): Check {
  return { name: 'database', look: () => sql`select 1`.execute(store.db).then(() => 'answers') }
}

async function inTime({ name, look }: Check): Promise<ReadyView['checks'][number]> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(reject, patienceMs)
  try {
    return { name, ok: true, sentence: await Promise.race([look(), late]) }
  } catch {
    // Why is in the log of whoever owns the part; this page is open, and addresses are nobody's business.
    return { name, ok: false, sentence: 'does not answer as it should' }
  } finally {
    clearTimeout(timer)
  }
}

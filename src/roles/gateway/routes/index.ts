import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { GatewayDeps } from '../index.ts'
import { autonomyRoutes } from './autonomy.ts'
import { eventsRoutes } from './events.ts'
import { familiesRoutes } from './families.ts'
import { flowsRoutes } from './flows.ts'
import { healingsRoutes } from './healings.ts'
import { incidentsRoutes } from './incidents.ts'
import { logsRoutes } from './logs.ts'
import { modelsRoutes } from './models.ts'
import { nowRoutes } from './now.ts'
import { permitsRoutes } from './permits.ts'
import { runsRoutes } from './runs.ts'
import { stopRoutes } from './stop.ts'

/** The API, one file per resource. */
export function apiRoutes(app: FastifyInstance, deps: GatewayDeps): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  nowRoutes(api, deps)
  runsRoutes(api, deps)
  logsRoutes(api, deps)
  healingsRoutes(api, deps)
  familiesRoutes(api, deps)
  modelsRoutes(api, deps)
  autonomyRoutes(api, deps)
  eventsRoutes(api, deps)
  incidentsRoutes(api, deps)
  permitsRoutes(api, deps)
  stopRoutes(api, deps)
  flowsRoutes(api, deps)
}

import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { fastify } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { Invalid } from '../../base/errors.ts'
import { requirePerson, signInRoute } from './access.ts'
import { dashboardRoutes } from './dashboard.ts'
import { answerErrors } from './errors.ts'
import { healthRoutes } from './health.ts'
import { hookRoute } from './hooks.ts'
import type { Gateway, GatewayDeps } from './index.ts'
import { createIntake } from './intake.ts'
import { liveRoute } from './live.ts'
import { describeApi, openApiRoute } from './openapi.ts'
import { plainDeep } from './plain.ts'
import { protectBrowsers, shedLoad } from './protection.ts'
import { apiRoutes } from './routes/index.ts'
import { createSessions } from './session.ts'

/** Of everything but webhooks: forms and decisions are small. */
const largestRequest = 64 * 1024

export async function createServer(deps: GatewayDeps): Promise<Gateway> {
  const app = fastify({
    // We log by ourselves, by chosen fields: a request's address may hold the sign-in token.
    logger: false,
    genReqId: requestIds(),
    bodyLimit: largestRequest,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 1_000 },
    forceCloseConnections: 'idle',
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerErrors(deps.logger))
  await register(app, deps)
  await app.ready()
  return {
    listen: (address) => listen(app, address),
    close: () => app.close(),
    get url() {
      return address(app)
    },
  }
}

/** Webhooks are signed by programs and come in bursts: what protects people and their browsers does not hold them up. */
async function register(app: FastifyInstance, deps: GatewayDeps): Promise<void> {
  const sessions = createSessions(deps)
  await shedLoad(app)
  await describeApi(app)
  await app.register(async (hooks) => {
    hookRoute(hooks, { ...deps, intake: createIntake({ db: deps.store.db, logger: deps.logger }) })
  })
  await app.register(async (faces) => {
    await protectBrowsers(faces)
    await faces.register(cookie)
    await faces.register(websocket, { options: { maxPayload: 4 * 1024 } })
    healthRoutes(faces, deps)
    signInRoute(faces, sessions)
    await faces.register(async (api) => {
      requirePerson(api, sessions)
      api.addHook('preSerialization', async (_request, _reply, payload) => plainDeep(payload))
      openApiRoute(api)
      apiRoutes(api, deps)
      liveRoute(api, deps)
    })
    await dashboardRoutes(faces, deps.dashboard)
  })
}

/** Unlike any other process's, and cheap: nothing is stored by it. */
function requestIds(): () => string {
  const process = randomBytes(6).toString('hex')
  let count = 0
  return () => `${process}-${(++count).toString(36)}`
}

async function listen(
  app: FastifyInstance,
  { host = '127.0.0.1', port }: { host?: string; port: number },
): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    throw new Invalid(`cannot listen on ${host}:${port}: ${whyNot(cause)}`, { cause })
  }
  return address(app)
}

function whyNot(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') return 'another program uses this port; stop it, or choose another with --port'
  if (code === 'EACCES') return 'this account may not use this port; choose one above 1023 with --port'
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'this machine has no such address'
  return error instanceof Error ? error.message : String(error)
}

function address(app: FastifyInstance): string {
  const bound = app.server.address() as AddressInfo | null
  if (!bound) throw new Error('the gateway does not listen yet')
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return `http://${host}:${bound.port}`
}

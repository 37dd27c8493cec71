import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Unavailable } from '../../base/errors.ts'

/** Whoever calls: a process that cannot keep up says so instead of making everybody wait. */
export async function shedLoad(app: FastifyInstance): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: 3_000,
    pressureHandler: (request) => {
      if (isProbe(request)) return
      throw new Unavailable('this process has more work than it can do now; try again in a few seconds')
    },
  })
}

/** What holds for every answer to people and their browsers. */
export async function protectBrowsers(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // No inline script, ever. The component library writes its styles into the page.
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Whoever puts TLS in front of us decides about it.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(rateLimit, {
    max: 1_200,
    timeWindow: '1 minute',
    // Probes must always be answered.
    allowList: (request) => isProbe(request),
    errorResponseBuilder: (_request, { after, statusCode }) =>
      Object.assign(new Error(`too many requests; try again in ${after}`), { statusCode }),
  })
}

function isProbe(request: FastifyRequest): boolean {
  return ['/healthz', '/readyz', '/metrics'].includes(request.routeOptions.url ?? '')
}

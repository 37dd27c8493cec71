import { existsSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendError } from './errors.ts'

/**
 * The dashboard's files. They hold no data and need no session. Names with a hash never change and are kept for good; the
 * page itself is always asked for again. Every other address of a page leads to the page: it finds its way by itself.
 */
export async function dashboardRoutes(app: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(join(folder, 'index.html'))
  if (isBuilt) {
    await app.register(staticFiles, {
      root: folder,
      wildcard: true,
      cacheControl: false,
      schemaHide: true,
      setHeaders: (reply, path) => {
        const isHashed = path.startsWith(join(folder, 'assets'))
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    if (!isPage(request)) {
      const message = `there is nothing at ${request.method} ${pathOf(request)}; /v1/openapi.json lists what there is`
      return sendError(request, reply, { status: 404, code: 'not-found', message })
    }
    if (isBuilt) return reply.sendFile('index.html')
    const message = 'the dashboard is not built: run "npm run build"'
    return sendError(request, reply, { status: 503, code: 'unavailable', message })
  })
}

function isPage(request: FastifyRequest): boolean {
  const path = pathOf(request)
  const isOurs = ['/v1/', '/hooks/', '/assets/'].some((prefix) => path.startsWith(prefix))
  return request.method === 'GET' && !isOurs && (request.headers.accept ?? '*/*').includes('*/*')
}

function pathOf(request: FastifyRequest): string {
  return (request.url.split('?', 1)[0] ?? '/').slice(0, 200)
}

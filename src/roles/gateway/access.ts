import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Forbidden } from '../../base/errors.ts'
import { sendError } from './errors.ts'
import type { Person, Sessions } from './session.ts'

const signInLimit = { max: 20, timeWindow: '1 minute' }

/** `/sign-in?token=`: the printed link. Sets the session cookie and leads to the dashboard. */
export function signInRoute(app: FastifyInstance, sessions: Sessions): void {
  app.get(
    '/sign-in',
    {
      config: { rateLimit: signInLimit },
      schema: {
        summary: 'Sign in by the printed link',
        querystring: z.object({ token: z.string().max(500).optional() }),
      },
    },
    async (request, reply) => {
      const { token } = request.query as { token?: string }
      // Without a token the dashboard itself explains how to sign in.
      if (token === undefined) return reply.callNotFound()
      const cookie = sessions.signIn(token)
      if (cookie === undefined) {
        const message =
          'this sign-in link is not valid (any more): use the link that the last start of Mendline printed'
        return sendError(request, reply, { status: 401, code: 'unauthorized', message })
      }
      return reply
        .header('cache-control', 'no-store')
        .setCookie(sessions.cookieName, cookie, {
          path: '/',
          httpOnly: true,
          sameSite: 'strict',
          secure: request.protocol === 'https',
          maxAge: sessions.lifeSeconds,
        })
        .redirect('/', 303)
    },
  )
}

/** Every route of `app` needs a person; a change asked with a cookie must come from our own pages. */
export function requirePerson(app: FastifyInstance, sessions: Sessions): void {
  app.addHook('onRequest', async (request, reply) => {
    const bearer = sessions.byBearer(request.headers.authorization)
    const person = bearer ?? sessions.byCookie(request.cookies[sessions.cookieName])
    if (!person) {
      const message = 'sign in first: open the link that `mendline up` printed, or send its token as a bearer token'
      reply.header('www-authenticate', 'Bearer')
      return sendError(request, reply, { status: 401, code: 'unauthorized', message })
    }
    if (!bearer && changes(request) && !isOwnPage(request)) {
      throw new Forbidden(
        'this change was asked by a page of another origin; ask it from the dashboard or with a token',
      )
    }
    people.set(request, person)
  })
}

const people = new WeakMap<FastifyRequest, Person>()

/** Who asks, for routes behind `requirePerson`. */
export function personOf(request: FastifyRequest): Person {
  const person = people.get(request)
  if (!person) throw new Error(`${request.routeOptions.url} asks for a person but does not require one`)
  return person
}

/** A web socket is opened by GET, carries cookies, and is not held by the same-origin rule: it counts as a change. */
function changes(request: FastifyRequest): boolean {
  return !['GET', 'HEAD'].includes(request.method) || request.headers.upgrade !== undefined
}

function isOwnPage({ headers, protocol }: FastifyRequest): boolean {
  return (
    headers.origin !== undefined && headers.host !== undefined && headers.origin === `${protocol}://${headers.host}`
  )
}

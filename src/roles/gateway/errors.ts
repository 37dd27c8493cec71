import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { Conflict, Forbidden, Invalid, NotFound, Terminal, Unavailable } from '../../base/errors.ts'
import { plainLine } from '../../base/text.ts'
import type { ErrorView } from '../../contract/views.ts'
import { isLostConnection } from '../../engine/database/sql-errors.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'

interface Answer {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly retryAfterSeconds?: number
}

/** Every error answer is made here: what we mean to say is said, what broke inside is logged and stays inside. */
export function answerErrors(logger: Logger) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const answer = explain(error)
    if (answer.status >= 500) {
      const facts = { err: error, requestId: request.id, route: request.routeOptions.url, status: answer.status }
      if (answer.status === 500) logger.error(facts, 'a request broke')
      else logger.warn(facts, 'a request could not be served now')
    }
    return sendError(request, reply, answer)
  }
}

export function sendError(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', answer.retryAfterSeconds)
  const body: ErrorView = { error: { code: answer.code, message: answer.message, requestId: request.id } }
  // Written out here: the routes' own serializers describe their good answers only.
  return reply
    .code(answer.status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((value: string) => value)
    .send(JSON.stringify(body))
}

function explain(error: unknown): Answer {
  if (error instanceof NotFound) return { status: 404, code: error.code, message: error.message }
  if (error instanceof Conflict) return { status: 409, code: error.code, message: error.message }
  if (error instanceof Forbidden) return { status: 403, code: error.code, message: error.message }
  if (error instanceof Invalid) return { status: 400, code: error.code, message: error.message }
  if (error instanceof Terminal) return { status: 502, code: error.code, message: error.message }
  if (error instanceof Unavailable) return unavailable(error.message, error.retryAfterMs)
  if (isLostConnection(error))
    return unavailable('the database cannot be reached now; try again in a few seconds', 5_000)
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issue = error.validation[0]
    const where = [error.validationContext, ...(issue?.instancePath ?? '').split('/').filter(Boolean)].join('.')
    return {
      status: 400,
      code: 'invalid',
      message: plainLine(`${where}: ${issue?.message ?? 'not as described'}`, 500),
    }
  }
  return explainHttp(error)
}

/** Errors of the HTTP machinery itself: their messages are about the request and safe to tell. */
function explainHttp(error: unknown): Answer {
  const { statusCode, code, message } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { status: 413, code: 'too-large', message: 'the body is larger than this address reads; send less' }
  if (statusCode === 429)
    return { status: 429, code: 'too-many', message: message ?? 'too many requests; try again in a minute' }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, code: 'invalid', message: plainLine(message ?? 'the request cannot be read', 500) }
  return {
    status: 500,
    code: 'internal',
    message: 'something broke on our side; the log has it under the request id of this answer',
  }
}

function unavailable(message: string, retryAfterMs: number | undefined): Answer {
  return { status: 503, code: 'unavailable', message, retryAfterSeconds: Math.ceil((retryAfterMs ?? 5_000) / 1_000) }
}

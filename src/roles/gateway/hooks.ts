import { hash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { HookAnswer, HookRequest } from '../../adapters/ci.ts'
import type { Connection } from '../../adapters/connection.ts'
import type { Clock } from '../../base/clock.ts'
import { newId } from '../../base/ids.ts'
import { storableText } from '../../base/text.ts'
import { HookView } from '../../contract/views.ts'
import type { Logger } from '../../engine/telemetry/logger.ts'
import type { Metrics } from '../../engine/telemetry/metrics.ts'
import { sendError } from './errors.ts'
import { withoutSecrets } from './free-text.ts'
import type { Incoming, Intake } from './intake.ts'

export interface HooksDeps {
  readonly connections: () => readonly Connection[]
  readonly intake: Intake
  /** Takes secrets out of text before it is kept. */
  readonly redact: (text: string) => string
  readonly clock: Clock
  readonly logger: Logger
  readonly webhooks: WebhookCounts
}

/** Counts every webhook by its answer, and how long the taken ones took. */
export type WebhookCounts = Pick<Metrics, 'webhookAnswered' | 'webhookTaken'>

/** GitHub's own limit; nobody else sends more. */
const largestBody = 25 * 1024 * 1024
/** Of a delivery that could not be read this much is kept, to find out why. */
const keptEvidence = 16 * 1024

/**
 * `POST /hooks/:vendor/:connection`: the signature is checked over the raw bytes before anything is parsed, and the
 * answer is sent when the delivery and its events are on disk.
 */
export function hookRoute(hooks: FastifyInstance, deps: HooksDeps): void {
  hooks.removeAllContentTypeParsers()
  hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) =>
    done(null, body),
  )
  hooks.post(
    '/hooks/:vendor/:connection',
    {
      bodyLimit: largestBody,
      schema: {
        summary: 'Receive a webhook',
        params: z.object({ vendor: z.string().max(100), connection: z.string().max(200) }),
        response: { 200: HookView, 202: HookView },
      },
    },
    async (request, reply) => {
      const { vendor, connection: id } = request.params as { vendor: string; connection: string }
      const connection = deps.connections().find((one) => one.id === id && one.vendor === vendor)
      if (!connection) {
        const message = `there is no ${vendor} connection "${id}" here: check the address that the webhook was given`
        return sendError(request, reply, { status: 404, code: 'not-found', message })
      }
      const startedMs = deps.clock.monotonicMs()
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const delivered: HookRequest = { connection: id, headers: flat(request.headers), body }
      if (!connection.hook.verify(delivered, connection.secrets)) {
        deps.webhooks.webhookAnswered(vendor, 'forged')
        deps.logger.warn({ connection: id, bytes: body.length }, 'a webhook without a valid signature was refused')
        const message = 'the signature does not match: set the same secret at the sender and at this connection'
        return sendError(request, reply, { status: 401, code: 'unauthorized', message })
      }
      const answer = withoutSecrets(connection.hook.read(delivered), deps.redact)
      const outcome = await deps.intake.accept(toIncoming(delivered, connection, answer, deps))
      deps.webhooks.webhookAnswered(vendor, outcome === 'quarantined' ? 'rejected' : outcome)
      deps.webhooks.webhookTaken(vendor, (deps.clock.monotonicMs() - startedMs) / 1_000)
      reply.code(outcome === 'accepted' || outcome === 'quarantined' ? 202 : 200)
      return { outcome, sentence: sentenceFor(outcome, answer) } satisfies HookView
    },
  )
}

function toIncoming(request: HookRequest, connection: Connection, answer: HookAnswer, deps: HooksDeps): Incoming {
  return {
    id: newId(),
    connection: connection.id,
    deliveryId: connection.hook.deliveryId(request),
    bodyHash: hash('sha256', request.body, 'buffer'),
    bytes: request.body.length,
    answer,
    evidence: () => ({
      headers: Object.fromEntries(
        Object.entries(request.headers)
          .filter(([name]) => !secretHeader.test(name))
          .slice(0, 50)
          .map(([name, value]) => [name, storableText(deps.redact((value ?? '').slice(0, 500)))]),
      ),
      body: storableText(deps.redact(request.body.subarray(0, keptEvidence).toString('utf8'))),
    }),
    receivedAt: deps.clock.now(),
  }
}

const secretHeader = /authorization|cookie|signature|token|secret|key/i

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string | undefined> {
  const single: Record<string, string | undefined> = {}
  for (const name in headers) {
    const value = headers[name]
    single[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return single
}

function sentenceFor(outcome: HookView['outcome'], answer: HookAnswer): string {
  if (outcome === 'duplicate') return 'this delivery was taken before; nothing was done again'
  if (outcome === 'accepted') return 'taken, and kept'
  return answer.kind === 'events' ? 'taken, but it could not be kept as it is; it is quarantined' : answer.sentence
}

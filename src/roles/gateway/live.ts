import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'
import { type LiveMessage, LiveRequest } from '../../contract/live.ts'
import { ErrorView } from '../../contract/views.ts'
import type { Tail, TailMessage } from '../../engine/eventlog/tail.ts'
import { sendError } from './errors.ts'
import type { GatewayDeps } from './index.ts'

/** A browser that reads slower than we write gets this many bytes of patience, then a gap. */
const patienceBytes = 256 * 1024
/** A socket that asks for nothing is closed. */
const silenceMs = 10_000

/** `/v1/live`: what happens, as it happens, to pages that were signed in. The words are in contract/live.ts. */
export function liveRoute(api: FastifyInstance, { tail, clock, heartbeatMs = 15_000 }: GatewayDeps): void {
  api.route({
    method: 'GET',
    url: '/v1/live',
    schema: { summary: 'Live events, by web socket', response: { 426: ErrorView } },
    handler: (request, reply) =>
      sendError(request, reply, { status: 426, code: 'invalid', message: 'open this address as a web socket' }),
    wsHandler: (socket) => attend(socket, tail, { now: () => clock.now(), heartbeatMs }),
  })
}

interface Pulse {
  readonly now: () => Date
  readonly heartbeatMs: number
}

function attend(socket: WebSocket, tail: Tail, pulse: Pulse): void {
  let leave: (() => void) | undefined
  const silence = setTimeout(() => socket.close(1008, 'subscribe first'), silenceMs)
  const end = () => {
    clearTimeout(silence)
    leave?.()
  }
  socket.on('close', end)
  socket.on('error', end)
  socket.on('message', (message) => {
    const request = parse(message)
    // One subscription for each socket: its numbers would not be without a hole otherwise.
    if (!request || leave) return socket.close(1003, 'this socket understands {"kind":"subscribe","after":position}')
    clearTimeout(silence)
    leave = follow(socket, tail, request.after, pulse)
  })
}

/** Tells one socket everything after a position until the returned function is called. */
function follow(socket: WebSocket, tail: Tail, after: number | null, { now, heartbeatMs }: Pulse): () => void {
  let seq = 0
  let isBehind = false

  const send = (message: LiveMessage) => socket.send(JSON.stringify(message))
  const beat = () => {
    // The last answer may have been held back: a page must not believe that it is current.
    catchUp()
    if (!isBehind) send({ kind: 'heartbeat', seq: ++seq, at: now().toISOString() })
  }
  const catchUp = () => {
    if (!isBehind || socket.bufferedAmount > 0) return
    isBehind = false
    send({ kind: 'gap', position: tail.latest() })
  }
  const hear = (message: TailMessage) => {
    catchUp()
    if (isBehind) return
    if (message.kind !== 'event') return send(message)
    if (socket.bufferedAmount > patienceBytes) {
      isBehind = true
      return
    }
    const { position, type, subject } = message.event
    send({ kind: 'event', seq: ++seq, position, type, subject })
  }

  const leave = tail.subscribe({ after }, hear)
  const beating = setInterval(beat, heartbeatMs)
  return () => {
    clearInterval(beating)
    leave()
  }
}

function parse(message: { toString(): string }): LiveRequest | undefined {
  try {
    return LiveRequest.safeParse(JSON.parse(message.toString())).data
  } catch {
    return undefined
  }
}

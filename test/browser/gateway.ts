import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import websocket from '@fastify/websocket'
import { type FastifyInstance, fastify } from 'fastify'
import type { WebSocket } from 'ws'
import type { LiveMessage } from '../../src/contract/live.ts'
import type { NewLabel } from '../../src/contract/requests.ts'
import type { House } from './recorded.ts'
import { labelled } from './recorded-learning.ts'

/** One act of a person, as it arrived. */
export interface Act {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

export interface TestGateway {
  readonly url: string
  readonly house: House
  /** Every request that was not a GET. */
  readonly acts: Act[]
  /** Every path that was read. */
  readonly reads: string[]
  /** Appends to the live stream of every socket. */
  readonly tell: (type: string, subject: string) => void
  readonly heartbeat: () => void
  /** How a frame goes out; a test may lose, double or reorder it. */
  wire: (send: (frame: LiveMessage) => void, frame: LiveMessage) => void
  /** Refuses new sockets and cuts the old. */
  readonly cut: () => void
  readonly mend: () => void
  readonly sockets: () => number
  signedIn: boolean
  readonly close: () => Promise<void>
}

/** Serves the built dashboard and a house of recorded views, with a live socket that tests can play tricks on. */
export async function serve(folder: string, house: House): Promise<TestGateway> {
  const app = fastify()
  const sockets = new Map<WebSocket, { seq: number }>()
  let position = 1000
  let down = false
  const gateway: TestGateway = {
    url: '',
    house,
    acts: [],
    reads: [],
    wire: (send, frame) => send(frame),
    tell: (type, subject) => {
      position += 1
      broadcast((seq) => ({ kind: 'event', seq, position, type, subject }))
    },
    heartbeat: () => broadcast((seq) => ({ kind: 'heartbeat', seq, at: new Date().toISOString() })),
    cut: () => {
      down = true
      for (const socket of sockets.keys()) socket.terminate()
    },
    mend: () => {
      down = false
    },
    sockets: () => sockets.size,
    signedIn: true,
    close: () => app.close(),
  }

  function broadcast(frame: (seq: number) => LiveMessage) {
    for (const [socket, state] of sockets) {
      state.seq += 1
      gateway.wire((out) => socket.readyState === 1 && socket.send(JSON.stringify(out)), frame(state.seq))
    }
  }

  await app.register(helmet)
  await app.register(websocket)
  await app.register(files, { root: folder, wildcard: false })
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/v1/')) return
    if (!gateway.signedIn) return reply.code(401).send(refusal('unknown', 'nobody is signed in'))
  })
  app.addHook('preHandler', async (request) => {
    if (request.method === 'GET') gateway.reads.push(request.url)
    else gateway.acts.push({ method: request.method, path: decodeURIComponent(request.url), body: request.body })
  })
  app.get('/v1/live', { websocket: true }, (socket: WebSocket) => {
    if (down) return socket.terminate()
    socket.on('message', () => {
      sockets.set(socket, { seq: 0 })
      socket.send(JSON.stringify({ kind: 'ready', position } satisfies LiveMessage))
    })
    socket.on('close', () => sockets.delete(socket))
  })
  answer(app, house)
  const page = readFileSync(join(folder, 'index.html'))
  app.setNotFoundHandler((request, reply) =>
    request.url.startsWith('/v1/')
      ? reply.code(404).send(refusal('not-found', `there is nothing at ${request.url}`))
      : reply.type('text/html').send(page),
  )
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return Object.assign(gateway, { url })
}

type App = FastifyInstance
type Words = Record<string, string | undefined>

function answer(app: App, house: House) {
  const words = (query: unknown) => query as Words
  const id = (params: unknown) => (params as { id: string }).id
  app.get('/v1/now', () => house.now)
  app.get('/v1/stop', () => house.stop)
  app.get('/v1/autonomy', () => house.autonomy)
  app.get('/v1/runs', ({ query }) => {
    const { pipeline } = words(query)
    const runs = house.runs.map(({ run, seam }) => ({ ...run, stitch: seam.at(-1) ?? 'unknown' }))
    return { runs: runs.filter((run) => !pipeline || run.pipeline === pipeline), next: null }
  })
  app.get('/v1/runs/:id', ({ params }, reply) => {
    const found = house.runs.find(({ run }) => run.id === id(params))
    return found ?? reply.code(404).send(refusal('not-found', `no run ${id(params)} is known`))
  })
  app.get('/v1/jobs/:id/log', ({ params, query }, reply) => {
    const log = house.logs.get(id(params))
    if (!log) return reply.code(404).send(refusal('not-found', `job ${id(params)} has no log`))
    const { from, lines } = words(query)
    const first = Number(from ?? Math.max(1, (log.failing?.start ?? 1) - 200))
    return {
      from: first,
      lines: log.lines.slice(first - 1, first - 1 + Number(lines ?? 400)),
      total: log.lines.length,
      failing: log.failing,
    }
  })
  app.get('/v1/healings', ({ query }) => {
    const { outcome } = words(query)
    return { healings: house.healings.filter((each) => !outcome || each.outcome === outcome), next: null }
  })
  app.get('/v1/healings/:id', ({ params }, reply) => {
    const found = house.healings.find((each) => each.id === id(params))
    return found ?? reply.code(404).send(refusal('not-found', `no healing ${id(params)} is known`))
  })
  app.get('/v1/families', ({ query }) => {
    const { state } = words(query)
    return { families: house.families.filter((each) => !state || each.state === state), next: null }
  })
  app.get('/v1/families/:id', ({ params }, reply) => {
    const found = house.families.find((each) => each.id === id(params))
    return found ?? reply.code(404).send(refusal('not-found', `no family ${id(params)} was seen of late`))
  })
  app.post('/v1/families/:id/label', ({ params, body }) => {
    const found = house.families.find((each) => each.id === id(params))
    if (found) labelled(found, body as NewLabel)
    return found
  })
  app.post('/v1/healings/:id/label', ({ params, body }) => {
    const healing = house.healings.find((each) => each.id === id(params))
    const family = house.families.find((each) => each.id === healing?.diagnosis?.fingerprint.family)
    if (healing && family) healing.label = labelled(family, body as NewLabel, healing.id)
    return healing
  })
  app.get('/v1/models', () => house.models)
  app.post('/v1/models/:id/use', ({ params }) => {
    const wanted = house.models.models.find(({ version }) => version === id(params))
    house.models = {
      ...house.models,
      models: house.models.models.map((each) =>
        each.kind === wanted?.kind ? { ...each, inUse: each.version === wanted.version } : each,
      ),
    }
    return house.models
  })
  app.get('/v1/events', ({ query }) => {
    const { type, subject, correlation } = words(query)
    const events = house.events.filter(
      (event) =>
        (!type || event.type === type) &&
        (!subject || event.subject === subject) &&
        (!correlation || event.correlation === correlation),
    )
    return { events, next: null }
  })
  app.put('/v1/autonomy', ({ body }) => {
    const asked = body as House['autonomy']['rows'][number]
    const rows = house.autonomy.rows.map((row) =>
      row.repository === asked.repository && row.remedy === asked.remedy
        ? { ...row, mode: asked.mode, source: 'installation' }
        : row,
    )
    house.autonomy = { rows }
    return house.autonomy
  })
  app.post('/v1/permits/:id/approve', ({ params }, reply) => decide(house, id(params), 'granted', reply))
  app.post('/v1/permits/:id/refuse', ({ params }, reply) => decide(house, id(params), 'refused', reply))
  app.get('/v1/flows/stuck', () => house.stuck)
  app.post('/v1/flows/:id/again', ({ params }) => {
    house.stuck = { flows: house.stuck.flows.filter((flow) => flow.id !== id(params)) }
    return house.stuck
  })
  app.post('/v1/stop', ({ body }) => {
    const { why } = body as { why: string }
    house.stop = { stopped: true, by: 'administrator', why, since: new Date().toISOString() }
    house.now = { ...house.now, stopped: true }
    return house.stop
  })
  app.post('/v1/resume', () => {
    house.stop = { stopped: false, by: null, why: null, since: null }
    house.now = { ...house.now, stopped: false }
    return house.stop
  })
}

function decide(
  house: House,
  permit: string,
  state: 'granted' | 'refused',
  reply: { code: (status: number) => { send: (body: unknown) => unknown } },
) {
  const need = house.now.needsYou.find((each) => each.kind === 'approval' && each.permit.id === permit)
  if (need?.kind !== 'approval')
    return reply.code(409).send(refusal('void', 'the run has moved on; this permit is void'))
  house.now = { ...house.now, needsYou: house.now.needsYou.filter((each) => each !== need) }
  return { ...need.permit, state }
}

const refusal = (code: string, message: string) => ({ error: { code, message, requestId: 'r-1' } })

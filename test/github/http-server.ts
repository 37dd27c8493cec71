import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault, Faults } from './faults.ts'

export interface Call {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Route {
  readonly name: string
  handle(call: Call): Reply | Promise<Reply>
}

export interface HttpServer {
  readonly url: string
  close(): Promise<void>
}

/** A server that counts every call by its route and meets it with the fault that was ordered, if any. */
export async function startServer(options: {
  readonly port?: number
  readonly faults: Faults
  readonly count: (route: string) => void
  readonly find: (call: Call) => Route
}): Promise<HttpServer> {
  const server = createServer(async (request, response) => {
    try {
      const call = await callOf(request)
      const route = options.find(call)
      options.count(route.name)
      await answer(route, call, options.faults.take(route.name), response)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(route: Route, call: Call, fault: Fault | undefined, response: ServerResponse): Promise<void> {
  if (fault?.kind === 'drop') return void response.destroy()
  if (fault?.kind === 'slow') await sleep(fault.ms, undefined, { ref: false })
  if (fault?.kind === 'status')
    return send(response, {
      status: fault.status,
      body: JSON.stringify({ message: fault.message ?? 'as ordered' }),
      ...(fault.headers && { headers: fault.headers }),
    })
  const reply = await route.handle(call)
  const body = Buffer.from(reply.body ?? '')
  switch (fault?.kind) {
    case 'drop-after':
      return void response.destroy()
    case 'status-after':
      return send(response, { status: fault.status, body: '<html>upstream error</html>' })
    case 'garbage':
      return send(response, { ...reply, body: '<html>a proxy was here</html>' })
    case 'half':
      return send(response, { ...reply, body: body.subarray(0, body.length / 2) })
    case 'cut':
      response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length })
      response.write(body.subarray(0, body.length / 2), () => response.destroy())
      return
    default:
      return send(response, reply)
  }
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, reply.headers ?? {}).end(reply.body ?? '')
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'http://localhost'),
    headers: request.headers,
    body: Buffer.concat(parts),
  }
}

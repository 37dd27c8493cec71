import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The shop's neighbours: a price service and a registry, each a real server on loopback. The price service may be
 * overloaded for a while, for one list; the registry may be closed, and then its port refuses connections.
 *
 * By hand: `node chapters/neighbours.ts`, and then `node scripts/fetch-prices.ts` in another terminal.
 */
export async function openNeighbours({ pricePort = 0, registryPort = 0 } = {}) {
  /** List name to the time when it is served again. */
  const awayUntil = new Map<string, number>()
  /** Lists that overload the service for so long as soon as somebody asks for them. */
  const heavy = new Map<string, number>()
  /** Everything that was published, by its path. */
  const published = new Map<string, string>()

  const prices = createServer((request, response) => {
    const list = /^\/prices\/(\w+)\.json$/.exec(request.url ?? '')?.[1] ?? ''
    const breaksForMs = heavy.get(list)
    if (breaksForMs !== undefined) awayUntil.set(list, Date.now() + breaksForMs)
    heavy.delete(list)
    const waitMs = (awayUntil.get(list) ?? 0) - Date.now()
    if (waitMs > 0) {
      response.writeHead(503, { 'retry-after': String(Math.ceil(waitMs / 1000)) }).end('the price service is overloaded')
    } else if (lists[list] === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(lists[list]))
  })
  const registry = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? '/'
      if (request.method !== 'PUT') return response.writeHead(405).end()
      if (published.has(path)) return response.writeHead(409).end('this version is published already')
      published.set(path, Buffer.concat(parts).toString('utf8'))
      response.writeHead(201).end()
    })
  })
  const priceUrl = await listen(prices, pricePort)
  const registryUrl = await listen(registry, registryPort)

  return {
    priceUrl,
    registryUrl,
    published,
    /** The next one to ask for this list brings the service down for `ms`: it answers 503 until it is up again. */
    overload: (list: string, ms: number) => {
      heavy.set(list, ms)
    },
    closeRegistry: () => close(registry),
    openRegistry: () => listen(registry, Number(new URL(registryUrl).port)),
    close: async () => {
      await close(prices)
      await close(registry)
    },
  }
}

const lists: Record<string, Record<string, number>> = {
  regular: { lamp: 3490, mug: 1250, thread: 480, needle: 320 },
  spring: { lamp: 2990, mug: 1190, thread: 450, needle: 300 },
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

if (import.meta.main) {
  const { priceUrl, registryUrl } = await openNeighbours({ pricePort: 4071, registryPort: 4072 })
  console.log(`price service at ${priceUrl}, registry at ${registryUrl}`)
}

import { createServer } from 'node:http'

/**
 * The shop's neighbours: a price service and a registry, each a real server on loopback. The price service may be
 * overloaded for a while, for one list; the registry may be closed, and then its port refuses connections.
 *
 * By hand: `node chapters/neighbours.mjs`, and then `node scripts/fetch-prices.ts` in another terminal.
 */
export async function openNeighbours({ pricePort = 0, registryPort = 0 } = {}) {
  /** List name to the time when it is served again. */
  const awayUntil = new Map()
  /** Everything that was published, by its path. */
  const published = new Map()

  const prices = createServer((request, response) => {
    const list = /^\/prices\/(\w+)\.json$/.exec(request.url ?? '')?.[1] ?? ''
    const waitMs = (awayUntil.get(list) ?? 0) - Date.now()
    if (waitMs > 0) {
      response.writeHead(503, { 'retry-after': String(Math.ceil(waitMs / 1000)) }).end('the price service is overloaded')
    } else if (lists[list] === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(lists[list]))
  })
  const registry = createServer((request, response) => {
    const parts = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      if (request.method !== 'PUT') return response.writeHead(405).end()
      if (published.has(request.url)) return response.writeHead(409).end('this version is published already')
      published.set(request.url, Buffer.concat(parts).toString('utf8'))
      response.writeHead(201).end()
    })
  })
  const priceUrl = await listen(prices, pricePort)
  const registryUrl = await listen(registry, registryPort)

  return {
    priceUrl,
    registryUrl,
    published,
    /** Answer 503 for this list until `ms` from now. */
    overload: (list, ms) => awayUntil.set(list, Date.now() + ms),
    closeRegistry: () => close(registry),
    openRegistry: () => listen(registry, Number(new URL(registryUrl).port)),
    close: async () => {
      await close(prices)
      await close(registry)
    },
  }
}

const lists = {
  regular: { lamp: 3490, mug: 1250, thread: 480, needle: 320 },
  spring: { lamp: 2990, mug: 1190, thread: 450, needle: 300 },
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`))
  })
}

function close(server) {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}

if (import.meta.main) {
  const { priceUrl, registryUrl } = await openNeighbours({ pricePort: 4071, registryPort: 4072 })
  console.log(`price service at ${priceUrl}, registry at ${registryUrl}`)
}

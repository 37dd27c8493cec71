import { createServer } from 'node:http'
import { bill, type Cart, emptyCart, put } from './cart.ts'
import { type Article, findArticle, readCatalogue } from './catalogue.ts'
import { sayCents } from './money.ts'

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** `/catalogue` shows the shelves, `/bill?lamp=2&mug=1` adds up a cart. */
export function answer(path: string, articles: readonly Article[]): Answer {
  const [place, query = ''] = path.split('?')
  if (place === '/catalogue') return { status: 200, body: articles }
  if (place !== '/bill') return { status: 404, body: { error: `there is nothing at ${place}` } }
  try {
    const sum = bill(readCart(query, articles), articles)
    return { status: 200, body: { ...sum, total: sayCents(sum.totalCents) } }
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } }
  }
}

function readCart(query: string, articles: readonly Article[]): Cart {
  let cart = emptyCart
  for (const part of query.split('&').filter((text) => text !== '')) {
    const [id = '', count = '1'] = part.split('=')
    cart = put(cart, findArticle(articles, id), Number(count))
  }
  return cart
}

/** Opens the shop; ready when visitors may come. */
export function open(port = portFor(process.env.PORT)) {
  const articles = readCatalogue()
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '/', articles)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  return new Promise<typeof server>((resolve, reject) => {
    server.on('error', reject).listen(port, '127.0.0.1', () => resolve(server))
  })
}

export function portFor(wanted: string | undefined): number {
  return Number(wanted ?? 4070)
}

if (import.meta.main) {
  const shop = await open()
  console.log(`the shop is open at http://127.0.0.1:${shop.address()?.port}/catalogue`)
}

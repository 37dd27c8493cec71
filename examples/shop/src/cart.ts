import { type Article, findArticle } from './catalogue.ts'
import { shareOf } from './money.ts'

/** How many of each article, by its id. */
export type Cart = ReadonlyMap<string, number>

export const emptyCart: Cart = new Map()

export function put(cart: Cart, article: Article, count = 1): Cart {
  const wanted = (cart.get(article.id) ?? 0) + count
  if (wanted > article.stock) throw new Error(`only ${article.stock} of ${article.title} left`)
  return new Map(cart).set(article.id, wanted)
}

export interface Bill {
  readonly goodsCents: number
  readonly deliveryCents: number
  readonly taxCents: number
  readonly totalCents: number
}

const deliveryCents = 490
const freeDeliveryFromCents = 5_000
const taxPercent = 19

export function bill(cart: Cart, articles: readonly Article[]): Bill {
  let goodsCents = 0
  for (const [id, count] of cart) goodsCents += findArticle(articles, id).cents * count
  const delivery = goodsCents === 0 || goodsCents >= freeDeliveryFromCents ? 0 : deliveryCents
  const taxCents = shareOf(goodsCents + delivery, taxPercent)
  return { goodsCents, deliveryCents: delivery, taxCents, totalCents: goodsCents + delivery + taxCents }
}

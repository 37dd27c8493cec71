import { shareOf } from './money.ts'

export interface Discount {
  readonly fromCents: number
  readonly percent: number
}

const discounts: readonly Discount[] = [
  { fromCents: 10_000, percent: 5 },
  { fromCents: 20_000, percent: '10' },
]

/** What is taken off an order; the largest discount that it reaches. */
export function discountOn(goodsCents: number): number {
  const reached = discounts.filter(({ fromCents }) => goodsCents >= fromCents)
  const percent = Math.max(0, ...reached.map((discount) => discount.percent))
  return shareOf(goodsCents, percent)
}

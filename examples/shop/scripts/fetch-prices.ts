import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readCatalogue } from '../src/catalogue.ts'
import { sayCents } from '../src/money.ts'

/** Brings today's prices from the price service and checks that every article has one. */
const root = new URL('../', import.meta.url)
const { list } = JSON.parse(readFileSync(new URL('data/prices.json', root.href), 'utf8')) as { list: string }
const url = `${process.env.PRICE_SERVICE ?? 'http://127.0.0.1:4071'}/prices/${list}.json`

console.log(`GET ${url}`)
const response = await fetch(url)
if (!response.ok) {
  const wait = response.headers.get('retry-after')
  console.error(`Error: GET ${url} answered HTTP ${response.status} ${response.statusText}`)
  if (wait !== null) console.error(`retry-after: ${wait}`)
  process.exitCode = 1
} else {
  const prices = (await response.json()) as Record<string, number>
  for (const { id } of readCatalogue()) {
    const cents = prices[id]
    if (cents === undefined) throw new Error(`the price list ${list} has no price for ${id}`)
    console.log(`${id.padEnd(10)} ${sayCents(cents)}`)
  }
  mkdirSync(new URL('build', root.href), { recursive: true })
  writeFileSync(new URL('build/prices.json', root.href), JSON.stringify(prices, null, 2))
}

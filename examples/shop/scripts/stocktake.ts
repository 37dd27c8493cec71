import { existsSync, rmSync, watch, writeFileSync } from 'node:fs'
import { readCatalogue } from '../src/catalogue.ts'
import { sayCents } from '../src/money.ts'

/** Counts what lies on the shelves. Two people counting at once would count wrongly, so one waits for the other. */
const folder = new URL('../data', import.meta.url)
const lock = new URL('../data/stocktake.lock', import.meta.url)

while (existsSync(lock)) {
  console.log('somebody is taking stock already; waiting for data/stocktake.lock to go')
  await new Promise<void>((resolve) => {
    const watcher = watch(folder, () => {
      if (existsSync(lock)) return
      watcher.close()
      resolve()
    })
  })
}
writeFileSync(lock, new Date().toISOString(), { flag: 'wx' })
try {
  const articles = readCatalogue()
  const worth = articles.reduce((sum, { cents, stock }) => sum + cents * stock, 0)
  for (const { title, stock } of articles) console.log(`${String(stock).padStart(5)}  ${title}`)
  console.log(`worth ${sayCents(worth)}`)
} finally {
  rmSync(lock)
}

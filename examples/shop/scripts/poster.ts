import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readCatalogue } from '../src/catalogue.ts'
import { drawPoster } from '../src/poster.ts'
import { encodePng } from '../src/png.ts'

/** Draws the poster for the shop window: one band of colour for each article, as high as its price. */
interface Size {
  readonly widthPixels: number
  readonly heightPixels: number
}
const root = new URL('../', import.meta.url)
const size = JSON.parse(readFileSync(new URL('data/poster.json', root.href), 'utf8')) as Size

console.log(`drawing ${size.widthPixels} x ${size.heightPixels} pixels`)
const picture = drawPoster(readCatalogue(), size.widthPixels, size.heightPixels)
console.log(`encoding ${Math.round(picture.length / 2 ** 20)} MiB`)
const png = encodePng(picture, size.widthPixels, size.heightPixels)
mkdirSync(new URL('build', root.href), { recursive: true })
writeFileSync(new URL('build/poster.png', root.href), png)
console.log(`build/poster.png has ${png.length} bytes`)

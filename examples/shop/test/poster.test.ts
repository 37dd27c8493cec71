import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogue } from '../src/catalogue.ts'
import { encodePng } from '../src/png.ts'
import { drawPoster } from '../src/poster.ts'

test('every pixel of the poster is painted', () => {
  const picture = drawPoster(readCatalogue(), 30, 40)
  assert.equal(picture.length, 30 * 40 * 4)
  assert.equal(picture.filter((_byte, index) => index % 4 === 3).every((alpha) => alpha === 255), true)
})

test('the poster is a PNG of its size', () => {
  const png = encodePng(drawPoster(readCatalogue(), 30, 40), 30, 40)
  assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47])
  assert.deepEqual([png[19], png[23]], [30, 40])
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readCatalogue } from '../src/catalogue.ts'
import { open, portFor } from '../src/server.ts'

test('a visitor finds the catalogue', async () => {
  const shop = await open()
  after(() => shop.close())
  const response = await fetch(`http://127.0.0.1:${portFor(process.env.PORT)}/catalogue`)
  assert.deepEqual(await response.json(), readCatalogue())
})

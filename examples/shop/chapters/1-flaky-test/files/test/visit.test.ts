import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { readCatalogue } from '../src/catalogue.ts'
import { open, portFor } from '../src/server.ts'

const catalogue = `http://127.0.0.1:${portFor(process.env.PORT)}/catalogue`

test('a visitor finds the catalogue, also when coming back a little later', async () => {
  const shop = await open()
  try {
    assert.deepEqual(await (await fetch(catalogue)).json(), readCatalogue())
    await pause(900)
    assert.equal((await fetch(catalogue)).status, 200)
  } finally {
    shop.close()
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogue } from '../src/catalogue.ts'
import { answer } from '../src/server.ts'

const articles = readCatalogue()

test('the catalogue shows the shelves', () => {
  assert.deepEqual(answer('/catalogue', articles), { status: 200, body: articles })
})

test('a bill says its total in words', () => {
  assert.deepEqual(answer('/bill?lamp=2', articles), {
    status: 200,
    body: { goodsCents: 6980, deliveryCents: 0, taxCents: 1326, totalCents: 8306, total: '83.06 EUR' },
  })
})

test('what is not there is said', () => {
  assert.equal(answer('/nowhere', articles).status, 404)
  assert.deepEqual(answer('/bill?piano=1', articles), { status: 400, body: { error: 'there is no article piano' } })
})

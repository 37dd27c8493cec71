import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bill, emptyCart, put } from '../src/cart.ts'
import { findArticle, readCatalogue } from '../src/catalogue.ts'

const articles = readCatalogue()
const lamp = findArticle(articles, 'lamp')
const thread = findArticle(articles, 'thread')

test('an empty cart costs nothing, not even delivery', () => {
  assert.deepEqual(bill(emptyCart, articles), { goodsCents: 0, deliveryCents: 0, taxCents: 0, totalCents: 0 })
})

test('small orders pay for delivery, and tax is on both', () => {
  assert.deepEqual(bill(put(emptyCart, thread, 2), articles), {
    goodsCents: 960,
    deliveryCents: 490,
    taxCents: 276,
    totalCents: 1726,
  })
})

test('large orders are delivered free', () => {
  assert.equal(bill(put(emptyCart, lamp, 2), articles).deliveryCents, 0)
})

test('nobody can buy more than there is', () => {
  assert.throws(() => put(put(emptyCart, lamp, 10), lamp, 3), /only 12 of Desk lamp left/)
})

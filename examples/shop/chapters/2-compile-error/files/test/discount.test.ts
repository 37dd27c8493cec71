import assert from 'node:assert/strict'
import { test } from 'node:test'
import { discountOn } from '../src/discount.ts'

test('small orders get no discount', () => {
  assert.equal(discountOn(9_999), 0)
})

test('larger orders get the largest discount that they reach', () => {
  assert.equal(discountOn(10_000), 500)
  assert.equal(discountOn(20_000), 2_000)
})

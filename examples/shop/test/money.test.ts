import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayCents, shareOf } from '../src/money.ts'

test('cents are said with two places', () => {
  assert.equal(sayCents(1_205), '12.05 EUR')
})

test('a share is rounded to the cent, halves up', () => {
  assert.equal(shareOf(50, 19), 10)
  assert.equal(shareOf(1_000, 19), 190)
})

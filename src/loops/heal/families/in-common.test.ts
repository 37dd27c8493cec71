import { expect, it } from 'vitest'
import { masked } from '../logs/mask.ts'
import { commonText } from './in-common.ts'

it('what failures have in common stays, what differs is open', () => {
  const lines = [
    'Error: expected 4 to equal 5 at /home/a/shop/src/cart.ts:12',
    'Error: expected 3 to equal 17 at /builds/b/shop/src/mail.ts:7',
  ]
  expect(commonText(lines.map(masked))).toBe('Error: expected <*> to equal <*> at <*>')
})

it('is what most of them say, and nothing when they say nothing', () => {
  expect(commonText(['disk full\nmore', 'disk full', 'no such host'])).toBe('disk full')
  expect(commonText(['', ''])).toBe('')
  expect(commonText([])).toBe('')
})

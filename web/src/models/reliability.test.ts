import { expect, it } from 'vitest'
import { finding } from './reliability.tsx'

const bin = (confidence: number, accuracy: number, weight = 10) => ({ confidence, accuracy, weight })

it.each([
  ['can be believed', [bin(0.5, 0.5), bin(0.9, 0.91)]],
  ['claims too much', [bin(0.9, 0.6)]],
  ['claims too little', [bin(0.5, 0.8), bin(0.6, 0.9)]],
  ['Nothing was measured', []],
])('a calibration plot says what it shows: %s', (words, bins) => {
  expect(finding(bins)).toContain(words)
})

it('weighs every point by the answers behind it', () => {
  expect(finding([bin(0.9, 0.9, 1_000), bin(0.9, 0, 1)])).toContain('can be believed')
})

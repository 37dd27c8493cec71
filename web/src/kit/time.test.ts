import { describe, expect, it } from 'vitest'
import { ago, between, lasting } from './time.ts'

const now = Date.parse('2026-03-04T12:00:00Z')
const back = (seconds: number) => ago(now - seconds * 1000, now)

describe('how long ago', () => {
  it.each([
    [0, 'just now'],
    [-5, 'just now'],
    [12, '12 s ago'],
    [59.9, '59 s ago'],
    [60, '1 min ago'],
    [3_599, '59 min ago'],
    [3_600, '1 h ago'],
    [86_399, '23 h ago'],
    [86_400, 'yesterday'],
    [3 * 86_400, '3 days ago'],
    [100 * 86_400, '2025-11-24'],
  ])('%d seconds back is told as "%s"', (seconds, told) => expect(back(seconds)).toBe(told))
})

describe('lengths of time', () => {
  it.each([
    [-4, '0 ms'],
    [840, '840 ms'],
    [1_240, '1.2 s'],
    [9_999, '9.9 s'],
    [12_400, '12 s'],
    [60_000, '1 min'],
    [134_000, '2 min 14 s'],
    [3_600_000, '1 h'],
    [5_430_000, '1 h 30 min'],
    [90_000_000, '1 d 1 h'],
  ])('%d ms is told as "%s"', (ms, told) => expect(lasting(ms)).toBe(told))

  it('count up to now while the end has not come, and are silent before the beginning', () => {
    expect(between('2026-03-04T11:59:30Z', null, now)).toBe('30 s')
    expect(between('2026-03-04T11:00:00Z', '2026-03-04T11:00:05Z', now)).toBe('5.0 s')
    expect(between(null, null, now)).toBeNull()
  })
})

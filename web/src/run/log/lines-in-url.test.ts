import { describe, expect, it } from 'vitest'
import { hashOf, pointedAt, pointing } from './lines-in-url.ts'

describe('lines in an address', () => {
  it.each([
    ['#L123', { first: 123, last: 123 }],
    ['#L20-L12', { first: 12, last: 20 }],
    ['#L0', null],
    ['#L', null],
    ['#main', null],
    ['', null],
    ['#L12345678901', null],
  ])('%s', (hash, pointed) => expect(pointedAt(hash)).toEqual(pointed))

  it('come back as they were written', () => {
    for (const hash of ['#L1', '#L12-L20']) {
      const pointed = pointedAt(hash)
      expect(pointed && hashOf(pointed)).toBe(hash)
    }
  })

  it('are drawn out with Shift', () => {
    expect(pointing({ first: 5, last: 5 }, 9, true)).toEqual({ first: 5, last: 9 })
    expect(pointing({ first: 5, last: 9 }, 2, true)).toEqual({ first: 2, last: 9 })
    expect(pointing({ first: 5, last: 9 }, 2, false)).toEqual({ first: 2, last: 2 })
    expect(pointing(null, 2, true)).toEqual({ first: 2, last: 2 })
  })
})

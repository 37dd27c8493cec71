import { describe, expect, it } from 'vitest'
import { hold } from './held.ts'

const items = [9, 7, 4].map((position) => ({ position }))

describe('a held list', () => {
  it('shows all while nobody is in it', () => expect(hold(items, null)).toEqual({ shown: items, fresh: 0 }))

  it('keeps what came later waiting, and counts it', () => {
    expect(hold(items, 7)).toEqual({ shown: items.slice(1), fresh: 1 })
    expect(hold(items, 9).fresh).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { contrast } from './contrast.ts'
import { dark, light, meanings } from './tokens.ts'

describe('contrast', () => {
  it('agrees with the known ends of the scale', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2)
    expect(contrast('#1B7A47', '#1B7A47')).toBe(1)
  })
})

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_, scheme) => {
  it.each(['paper', 'sheet'] as const)('is readable on %s: ink, soft ink and every meaning reach 4.5:1', (ground) => {
    const faint = [scheme.ink, scheme.softInk, ...Object.values(scheme.meaning)].filter(
      (text) => contrast(text, scheme[ground]) < 4.5,
    )
    expect(faint).toEqual([])
  })

  it('is readable on every tint: ink, soft ink and the tint’s own meaning reach 4.5:1', () => {
    const faint = meanings.flatMap((meaning) =>
      [scheme.ink, scheme.softInk, scheme.meaning[meaning]]
        .filter((text) => contrast(text, scheme.tint[meaning]) < 4.5)
        .map((text) => `${text} on ${meaning}`),
    )
    expect(faint).toEqual([])
  })

  it('shows the edge of things that can be operated at 3:1', () => {
    expect(contrast(scheme.edge, scheme.paper)).toBeGreaterThanOrEqual(3)
    expect(contrast(scheme.edge, scheme.sheet)).toBeGreaterThanOrEqual(3)
  })

  it('keeps text on a filled button at 4.5:1', () => {
    for (const meaning of meanings) {
      expect(contrast(scheme.sheet, scheme.meaning[meaning])).toBeGreaterThanOrEqual(4.5)
    }
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storyLine, wrap } from './terminal.ts'

describe('a line of the story', () => {
  it('stays one line where no terminal shows it', () => {
    const text = 'word '.repeat(100).trim()
    expect(storyLine(12_300, 1, { stitch: '┼', tone: 'mending', text })).toBe(`  12.3 s  1 ┼ ${text}`)
  })

  it('breaks between words and never leaves the width', () => {
    expect(wrap('mended: job test is green at the same commit', 14, 40)).toEqual([
      'mended: job test is green',
      'at the same commit',
    ])
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 300 })
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 200 }), (text, width) => {
        const parts = wrap(text, 14, width)
        expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(width - 14)
        expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })
})

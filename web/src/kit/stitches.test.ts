import { describe, expect, it } from 'vitest'
import { favicon, inWords, stitches } from './stitches.ts'

describe('the seam in words', () => {
  it('counts every kind that occurs and names the newest', () => {
    expect(inWords(['pass', 'pass', 'fail', 'mended'])).toBe('Last 4: 2 passed, 1 failed and 1 mended; newest mended')
    expect(inWords(['pass'])).toBe('Last 1: 1 passed; newest passed')
    expect(inWords(['held', 'unknown'])).toBe('Last 2: 1 unknown and 1 held; newest unknown')
  })

  it('says so when there is none', () => expect(inWords([])).toBe('No history yet'))
})

describe('the seam as a favicon', () => {
  const colours = { pass: '#1', fail: '#2', mended: '#3', unknown: '#4', held: '#5' }

  it('ends in the stitch of the state, in its colour', () => {
    const svg = decodeURIComponent(favicon('fail', colours))
    expect(svg).toContain(`d="${stitches.fail.path}" stroke="#2"`)
    expect(svg.match(/stroke="#1"/g)).toHaveLength(2)
    expect(favicon('held', colours)).not.toBe(favicon('fail', colours))
  })
})

import { describe, expect, it } from 'vitest'
import { isHealthy } from './healthy.ts'

describe('a pipeline is healthy', () => {
  it('when its last known run passed or was mended', () => {
    expect(isHealthy(['fail', 'pass'])).toBe(true)
    expect(isHealthy(['fail', 'mended', 'unknown'])).toBe(true)
  })

  it('not when that failed or is held, and not while nothing is known', () => {
    expect(isHealthy(['pass', 'fail', 'unknown'])).toBe(false)
    expect(isHealthy(['pass', 'held'])).toBe(false)
    expect(isHealthy(['unknown'])).toBe(false)
    expect(isHealthy([])).toBe(false)
  })
})

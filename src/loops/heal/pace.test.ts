import { expect, it } from 'vitest'
import { createPace } from './pace.ts'

it('lets a burst through, then one in every while, and no more than a burst after a long rest', () => {
  let now = 0
  const pace = createPace({ monotonicMs: () => now }, { burst: 2, everyMs: 1_000 })
  const taken = (times: number) => Array.from({ length: times }, () => pace.take()).filter(Boolean).length
  expect(taken(5)).toBe(2)
  now += 999
  expect(taken(1)).toBe(0)
  now += 1
  expect(taken(2)).toBe(1)
  now += 60_000
  expect(taken(5)).toBe(2)
})

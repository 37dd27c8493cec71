import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Terminal, Unavailable } from './errors.ts'
import { pauseAfter, type RetryBudget, realPause, retry } from './retry.ts'

const budget: RetryBudget = { tries: 4, budgetMs: 10_000, firstPauseMs: 100, maxPauseMs: 1_000 }

/** A world whose time passes only in pauses. */
function stillTime(signal?: AbortSignal) {
  let nowMs = 0
  const pauses: number[] = []
  const pause = async (ms: number) => {
    nowMs += ms
    pauses.push(ms)
  }
  return { pauses, deps: { monotonicMs: () => nowMs, random: () => 1, pause, signal } }
}

function failing(times: number, error: () => Error = () => new Unavailable('away')) {
  let calls = 0
  const body = async () => {
    calls += 1
    if (calls <= times) throw error()
    return `done at ${calls}`
  }
  return { body, calls: () => calls }
}

test('what is unavailable is tried again, with pauses that double', async () => {
  const { pauses, deps } = stillTime()
  expect(await retry(failing(3).body, budget, deps)).toBe('done at 4')
  expect(pauses).toEqual([100, 200, 400])
})

test('the budget of tries ends with the last error', async () => {
  const { body, calls } = failing(99)
  await expect(retry(body, budget, stillTime().deps)).rejects.toThrow('away')
  expect(calls()).toBe(4)
})

test('other errors are thrown at once', async () => {
  const { body, calls } = failing(1, () => new Terminal('never'))
  await expect(retry(body, budget, stillTime().deps)).rejects.toThrow('never')
  expect(calls()).toBe(1)
})

test('what the other side asks to wait is waited, if the budget covers it', async () => {
  const patient = stillTime()
  await retry(failing(1, () => new Unavailable('later', { retryAfterMs: 3_000 })).body, budget, patient.deps)
  expect(patient.pauses).toEqual([3_000])
  const { body, calls } = failing(1, () => new Unavailable('much later', { retryAfterMs: 30_000 }))
  await expect(retry(body, budget, stillTime().deps)).rejects.toMatchObject({ retryAfterMs: 30_000 })
  expect(calls()).toBe(1)
})

test('an aborted signal ends it: before a try, and in a pause', async () => {
  const controller = new AbortController()
  controller.abort(new Error('stopping'))
  const { body, calls } = failing(0)
  await expect(retry(body, budget, stillTime(controller.signal).deps)).rejects.toThrow('stopping')
  expect(calls()).toBe(0)
  const late = new AbortController()
  const deps = { monotonicMs: () => 0, random: () => 1, pause: realPause, signal: late.signal }
  const waiting = retry(failing(9).body, { ...budget, firstPauseMs: 60_000, maxPauseMs: 60_000, budgetMs: 1e6 }, deps)
  late.abort(new Error('stopping'))
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
})

test('a pause is never shorter than asked, nor longer than the ceiling when nothing is asked', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), random, fc.nat(100_000), (attempt, chance, askedMs) => {
      expect(pauseAfter(attempt, budget, chance, askedMs)).toBeGreaterThanOrEqual(askedMs)
      expect(pauseAfter(attempt, budget, chance)).toBeLessThanOrEqual(budget.maxPauseMs)
      expect(pauseAfter(attempt, budget, chance)).toBeGreaterThanOrEqual(budget.firstPauseMs / 2)
    }),
  )
})

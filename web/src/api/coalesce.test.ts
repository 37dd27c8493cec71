import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Key } from './affected.ts'
import { coalesce } from './coalesce.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('coalescing', () => {
  it('refreshes at once, then at most four times a second, each thing once', async () => {
    const refreshed: (readonly Key[] | null)[] = []
    const changed = coalesce(async (keys) => void refreshed.push(keys), 250)
    for (let ms = 0; ms < 1000; ms += 10) {
      changed([['now'], ['run', 'a']])
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(refreshed.length).toBeLessThanOrEqual(5)
    expect(refreshed.at(-1)).toEqual([['now'], ['run', 'a']])
  })

  it('waits for a slow refresh, and then refreshes what came meanwhile', async () => {
    const finish: (() => void)[] = []
    const refreshed: (readonly Key[] | null)[] = []
    const changed = coalesce((keys) => {
      refreshed.push(keys)
      return new Promise<void>((done) => finish.push(done))
    }, 250)
    changed([['now']])
    changed([['events']])
    await vi.advanceTimersByTimeAsync(5000)
    expect(refreshed).toEqual([[['now']]])
    finish[0]?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(refreshed).toEqual([[['now']], [['events']]])
  })

  it('goes on after a refresh that failed, and everything includes each thing', async () => {
    const refreshed: (readonly Key[] | null)[] = []
    const changed = coalesce(async (keys) => {
      refreshed.push(keys)
      throw new Error('away')
    }, 250)
    changed([['now']])
    changed([['events']])
    changed(null)
    await vi.advanceTimersByTimeAsync(1000)
    expect(refreshed).toEqual([[['now']], null])
  })
})

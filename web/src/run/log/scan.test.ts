import { describe, expect, it } from 'vitest'
import { endOfGroup, find } from './scan.ts'

const signal = new AbortController().signal
const nothing = () => undefined

function logOf(lines: readonly string[], range = 3) {
  const asked: number[] = []
  const fetch = async (from: number) => {
    asked.push(from)
    const start = Math.floor((from - 1) / range) * range
    return { from: start + 1, lines: lines.slice(start, start + range), total: lines.length, failing: null }
  }
  return { fetch, asked }
}

describe('finding in a log', () => {
  const { fetch, asked } = logOf(['alpha', 'beta', 'gamma', 'Error: alpha', 'delta', 'omega'])

  it('goes forward in any case, and round at the end', async () => {
    expect(await find(fetch, 'ALPHA', 2, signal, nothing)).toBe(4)
    expect(await find(fetch, 'beta', 5, signal, nothing)).toBe(2)
  })

  it('says that there is none after reading every range', async () => {
    asked.length = 0
    expect(await find(fetch, 'absent', 1, signal, nothing)).toBeNull()
    expect(asked).toEqual([1, 4])
  })

  it('stops when told to', async () => {
    const stopped = AbortSignal.abort()
    expect(await find(fetch, 'omega', 1, stopped, nothing)).toBeNull()
  })
})

describe('the end of a group', () => {
  const { fetch } = logOf(['##[group]one', 'a', 'b', 'c', '##[endgroup]', '##[group]two', 'd', '##[group]three', 'e'])

  it('is before its mark, before the next group, or at the end of the log', async () => {
    expect(await endOfGroup(fetch, 1, 9, signal)).toBe(4)
    expect(await endOfGroup(fetch, 6, 9, signal)).toBe(7)
    expect(await endOfGroup(fetch, 8, 9, signal)).toBe(9)
  })
})

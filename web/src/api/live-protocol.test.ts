import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveMessage } from '../../../src/contract/live.ts'
import { backOffMs, beginning, type Live, type LiveInput, staleAfterMs, step } from './live-protocol.ts'

const at = '2026-01-02T03:04:05.000Z'
const event = (seq: number): LiveMessage => ({
  kind: 'event',
  seq,
  position: 100 + seq,
  type: 'run.failed',
  subject: `r/${seq}`,
})
const heard = (message: LiveMessage, now = 0): LiveInput => ({ kind: 'message', message, now })
const ready = heard({ kind: 'ready', position: 100 })

function play(inputs: readonly LiveInput[], from: Live = beginning(0)) {
  const effects: string[] = []
  let live = from
  for (const input of inputs) {
    const next = step(live, input)
    live = next.live
    effects.push(...next.effects.map((effect) => (effect.do === 'changed' ? effect.subject : effect.do)))
  }
  return { live, effects }
}

describe('the live protocol', () => {
  it('reads everything once when a socket first speaks, then only what changed', () => {
    const { live, effects } = play([{ kind: 'opened', now: 0 }, ready, heard(event(1)), heard(event(2))])
    expect(effects).toEqual(['refetch', 'r/1', 'r/2'])
    expect(live).toMatchObject({ phase: 'live', position: 102, nextSeq: 3 })
  })

  it('reads everything again when a number is missing, and ignores the latecomer', () => {
    expect(play([ready, heard(event(2)), heard(event(1)), heard(event(3))]).effects).toEqual([
      'refetch',
      'refetch',
      'r/3',
    ])
  })

  it('ignores duplicates', () => {
    expect(play([ready, heard(event(1)), heard(event(1)), heard(event(2))]).effects).toEqual(['refetch', 'r/1', 'r/2'])
  })

  it('notices by the next heartbeat that the last event was lost', () => {
    expect(play([ready, heard(event(1)), heard({ kind: 'heartbeat', seq: 3, at })]).effects).toEqual([
      'refetch',
      'r/1',
      'refetch',
    ])
  })

  it('reads everything again after a gap and after every reconnection', () => {
    const { effects, live } = play([
      ready,
      heard({ kind: 'gap', position: 500 }),
      { kind: 'closed' },
      { kind: 'opened', now: 5 },
      heard(event(1), 6),
    ])
    expect(effects).toEqual(['refetch', 'refetch', 'refetch'])
    expect(live).toMatchObject({ phase: 'live', position: 500 })
  })

  it('goes stale and reconnects after two missed heartbeats, and says since when', () => {
    const { live, effects } = play([
      heard({ kind: 'ready', position: 1 }, 1000),
      { kind: 'tick', now: 1000 + staleAfterMs },
    ])
    expect(live.phase).toBe('live')
    expect(effects).toEqual(['refetch'])
    const later = play([{ kind: 'tick', now: 1001 + staleAfterMs }], live)
    expect(later).toMatchObject({ live: { phase: 'stale', currentAt: 1000 }, effects: ['reconnect'] })
  })

  it('never misses a loss: whatever is dropped, doubled or reordered, every event is shown or refetched after it came', () => {
    const frames = fc.array(fc.nat({ max: 19 }), { maxLength: 60 })
    fc.assert(
      fc.property(frames, (order) => {
        const sent = Array.from({ length: 20 }, (_, i) => i + 1)
        const inputs = order.map((i) => heard(event(sent[i] ?? 1)))
        const { effects } = play([ready, ...inputs, heard({ kind: 'heartbeat', seq: 21, at })])
        const sinceRefetch = effects.slice(effects.lastIndexOf('refetch') + 1)
        // What was seen since the last full read continues without a hole up to the end.
        expect(sinceRefetch).toEqual(sent.slice(20 - sinceRefetch.length).map((seq) => `r/${seq}`))
      }),
    )
  })
})

describe('backing off', () => {
  it('starts between a quarter and half a second and never exceeds thirty', () => {
    expect(backOffMs(0, 0)).toBe(250)
    expect(backOffMs(0, 1)).toBe(500)
    expect(backOffMs(40, 1)).toBe(30_000)
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { affected } from './affected.ts'

const events = readFileSync(new URL('../../../src/model/events.ts', import.meta.url), 'utf8')
const types = [...events.matchAll(/^ {2}'([a-z]+\.[a-z]+)':/gm)].map((match) => match[1] ?? '')

describe('what an event touches', () => {
  it('always includes the log of events, and Now for all but raw deliveries', () => {
    expect(types.length).toBeGreaterThan(15)
    for (const type of types) {
      const topics = affected(type, 'x').map(([topic]) => topic)
      expect(topics).toContain('events')
      if (!type.startsWith('push.') && !type.startsWith('delivery.')) expect(topics).toContain('now')
    }
  })

  it('refreshes only the run that the event is about', () => {
    expect(affected('run.failed', 'native/7')).toContainEqual(['run', 'native/7'])
    expect(affected('failure.diagnosed', 'native/7')).toContainEqual(['run', 'native/7'])
  })

  it('refreshes the record of remedies when one is proven or disproven', () => {
    expect(affected('remedy.proven', 'x')).toContainEqual(['autonomy'])
    expect(affected('remedy.disproven', 'x')).toContainEqual(['autonomy'])
  })
})

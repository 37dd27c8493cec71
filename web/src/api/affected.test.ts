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
  })

  it('refreshes every run when a family of failures is diagnosed or labelled, for its failures may be in any', () => {
    for (const type of ['failure.diagnosed', 'failure.labelled']) {
      const keys = affected(type, 'native/7')
      for (const key of [['run'], ['families'], ['family'], ['healing']]) expect(keys).toContainEqual(key)
    }
    expect(affected('model.chosen', 'causes-1')).toContainEqual(['models'])
  })

  it('refreshes the record of remedies when one is proven or disproven', () => {
    expect(affected('remedy.proven', 'x')).toContainEqual(['autonomy'])
    expect(affected('remedy.disproven', 'x')).toContainEqual(['autonomy'])
  })
})

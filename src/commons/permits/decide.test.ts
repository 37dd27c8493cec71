import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReasonCode } from '../../model/permit.ts'
import { modes, remedyKinds } from '../../model/remedy.ts'
import { backOffMs, judge, matchesGlob, type PermitFacts, vendorLimit } from './decide.ts'

const fine: PermitFacts = {
  remedy: 'rerun-failed',
  mode: 'auto',
  stop: { kind: 'released' },
  unsupported: null,
  jobs: ['test'],
  never: [],
  sideEffects: { kind: 'none' },
  attempts: { made: 0, allowed: 2 },
  vendor: { attempt: 1, ageMs: 60_000 },
  spentToday: { reruns: 0, minutes: 0 },
  budget: { reruns: 20, minutes: 300 },
  cost: { minutes: 5 },
  failuresInARow: 0,
  sinceLastFailureMs: null,
  mass: null,
  superseded: false,
}

/** Everything that may stand in the way, in the order in which reasons are given. */
const obstacles: readonly (readonly [ReasonCode, Partial<PermitFacts>, 'asked' | 'refused'])[] = [
  ['stopped', { stop: { kind: 'engaged', sentence: 'x' } }, 'refused'],
  ['stop-unknown', { stop: { kind: 'unknown', sentence: 'x' } }, 'refused'],
  ['unsupported', { unsupported: 'this vendor cannot' }, 'refused'],
  ['never-job', { never: ['te*'] }, 'refused'],
  ['side-effect', { sideEffects: { kind: 'some', why: ['it publishes'] } }, 'asked'],
  ['side-effect-unknown', { sideEffects: { kind: 'unknown', why: ['unreadable'] } }, 'asked'],
  ['mode-observe', { mode: 'observe' }, 'refused'],
  ['mode-suggest', { mode: 'suggest' }, 'refused'],
  ['mode-ask', { mode: 'ask' }, 'asked'],
  ['cap-attempts', { attempts: { made: 2, allowed: 2 } }, 'refused'],
  ['provider-limit', { vendor: { attempt: vendorLimit.reruns + 1, ageMs: 0 } }, 'refused'],
  ['provider-limit', { vendor: { attempt: 1, ageMs: vendorLimit.ageMs } }, 'refused'],
  ['budget-day', { spentToday: { reruns: 20, minutes: 0 } }, 'refused'],
  ['budget-day', { spentToday: { reruns: 0, minutes: 296 } }, 'refused'],
  ['backing-off', { failuresInARow: 2, sinceLastFailureMs: 60_000 }, 'refused'],
  ['mass-failure', { mass: 'seen in 3 repositories' }, 'asked'],
  ['superseded', { superseded: true }, 'refused'],
]

describe('judge', () => {
  test('with nothing in the way it is granted', () => {
    expect(judge(fine)).toEqual({ kind: 'granted' })
  })

  test.each(obstacles)('%s (%j): %s', (code, facts, kind) => {
    expect(judge({ ...fine, ...facts })).toMatchObject({ kind, reasons: [{ code }] })
  })

  test('exactly at a limit is still within it', () => {
    const edge = {
      ...fine,
      attempts: { made: 1, allowed: 2 },
      spentToday: { reruns: 19, minutes: 295 },
      vendor: { attempt: vendorLimit.reruns, ageMs: vendorLimit.ageMs - 1 },
      failuresInARow: 2,
      sinceLastFailureMs: backOffMs(2),
    }
    expect(judge(edge)).toEqual({ kind: 'granted' })
  })

  test('all reasons are named, in the order of the rules, and one final reason makes it final', () => {
    const order = obstacles.map(([code]) => code)
    fc.assert(
      fc.property(fc.subarray([...obstacles], { minLength: 1 }), (chosen) => {
        const facts = Object.assign({}, fine, ...chosen.map(([, change]) => change)) as PermitFacts
        const verdict = judge(facts)
        if (verdict.kind === 'granted') return false
        const codes = verdict.reasons.map((reason) => reason.code)
        // Two obstacles may set the same fact; the later one then stands for both.
        const standing = new Set(obstacles.filter(([, change]) => matches(facts, change)).map(([code]) => code))
        expect(new Set(codes)).toEqual(standing)
        expect(codes).toEqual([...codes].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
        const final = chosen.some(([code, , kind]) => kind === 'refused' && standing.has(code))
        expect(verdict.kind).toBe(final ? 'refused' : 'asked')
        return true
      }),
    )
  })

  test('nothing that acts is granted while stopped, whatever the other facts are', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...remedyKinds.filter((kind) => !['escalate', 'do-nothing'].includes(kind))),
        fc.constantFrom(...modes),
        fc.constantFrom('engaged' as const, 'unknown' as const),
        (remedy, mode, kind) => judge({ ...fine, remedy, mode, stop: { kind, sentence: 'x' } }).kind === 'refused',
      ),
    )
  })

  test('telling people is allowed even when everything is stopped', () => {
    const stopped: PermitFacts = { ...fine, remedy: 'escalate', stop: { kind: 'engaged', sentence: 'x' } }
    expect(judge(stopped)).toEqual({ kind: 'granted' })
  })

  test('stopping a hung job spends and repeats nothing, so limits of reruns do not bind it', () => {
    const spent = { ...fine, spentToday: { reruns: 20, minutes: 300 }, attempts: { made: 2, allowed: 2 }, mass: 'x' }
    expect(judge({ ...spent, remedy: 'stop-hang' })).toEqual({ kind: 'granted' })
    expect(judge({ ...spent, remedy: 'stop-hang', never: ['test'] })).toMatchObject({ kind: 'refused' })
  })
})

function matches(facts: PermitFacts, change: Partial<PermitFacts>): boolean {
  return Object.entries(change).every(([key, value]) => facts[key as keyof PermitFacts] === value)
}

test('back-off begins with the second failure in a row, doubles, and ends at a day', () => {
  expect([0, 1, 2, 3, 4, 9, 60].map((times) => backOffMs(times) / 60_000)).toEqual([0, 0, 15, 30, 60, 1_440, 1_440])
})

test.each([
  ['deploy', 'deploy', true],
  ['Deploy', 'deploy', true],
  ['deploy (eu, 1)', 'deploy', true],
  ['deploy-eu', 'deploy', false],
  ['deploy-eu', 'deploy*', true],
  ['eu-deploy-now', '*deploy*', true],
  ['deplo', 'deploy*', false],
  ['ab', 'ab*b', false],
  ['a-x-b-x-c', 'a*b*c', true],
  ['anything', '*', true],
])('the job %s under the glob %s: %s', (job, glob, expected) => {
  expect(matchesGlob(job, glob)).toBe(expected)
})

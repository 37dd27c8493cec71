import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Category, categories, type Diagnosis } from '../../../model/diagnosis.ts'
import { failedJob } from '../facts.fixture.ts'
import { corrected } from './corrected.ts'
import type { FamilyLabel } from './nearest.ts'

const lines = ['could not fetch the package list of the mirror, gave up after 3 attempts']
const read: Diagnosis = {
  ...failedJob('net.connect').diagnosis,
  fingerprint: { exact: 'e1', family: 'f1', version: 2 },
  categories: [
    { category: 'net.connect', p: 0.6 },
    { category: 'dep.resolve', p: 0.3 },
  ],
  confidence: 0.6,
  excerpts: [{ start: 4, end: 4, score: 1, why: 'an error', text: lines }],
  evidence: ['line 4: an error'],
}

function label(change: Partial<FamilyLabel> = {}): FamilyLabel {
  return {
    family: 'f1',
    version: 2,
    text: 'could not fetch the package list of the mirror, gave up after <n> attempts',
    category: 'dep.resolve',
    repository: 'acme/shop',
    by: 'rosa',
    at: new Date('2026-03-01T10:00:00Z'),
    ...change,
  }
}

describe('a label by a person', () => {
  it('decides the category of like failures, whoever must act, and says so first', () => {
    const diagnosis = corrected(read, [label({ note: 'our own mirror drops old versions' })], undefined)
    expect(diagnosis).toMatchObject({
      category: 'dep.resolve',
      confidence: 0.97,
      abstained: false,
      owner: 'author',
      transience: { verdict: 'deterministic' },
      fingerprint: read.fingerprint,
      sentence: 'Known here as dep.resolve: our own mirror drops old versions',
      evidence: [
        'rosa labelled this failure dep.resolve on 2026-03-01: our own mirror drops old versions',
        'line 4: an error',
      ],
    })
  })

  it('speaks for a failure of another family that says nearly the same, with less trust', () => {
    const near = corrected(read, [label({ family: 'f2' })], undefined)
    expect(near).toMatchObject({ category: 'dep.resolve', confidence: 0.85 })
    expect(near.evidence[0]).toContain('a failure that says nearly the same')
  })

  it('confirms what the log tells without another word for it', () => {
    const confirmed = corrected(read, [label({ category: 'net.connect' })], undefined)
    expect(confirmed).toMatchObject({ category: 'net.connect', confidence: 0.97, sentence: read.sentence })
    expect(confirmed.transience).toEqual(read.transience)
  })

  it('ends an abstention', () => {
    const unsure: Diagnosis = { ...read, category: 'unknown', abstained: true, confidence: 0.3, categories: [] }
    expect(corrected(unsure, [label()], undefined)).toMatchObject({ category: 'dep.resolve', abstained: false })
  })

  it.each<[string, Partial<FamilyLabel>]>([
    ['of another family with other words', { family: 'f2', text: 'the disk of the build machine is full to the brim' }],
    ['of another version of the fingerprint', { version: 1 }],
    ['whose words are too few to tell', { family: 'f2', text: 'failed' }],
  ])('%s says nothing', (_name, change) => {
    expect(corrected(read, [label(change)], undefined)).toBe(read)
  })

  it('gives way to the family’s own, and to a newer one', () => {
    const older = label({ category: 'net.dns', at: new Date('2026-02-01T10:00:00Z') })
    const other = label({ category: 'code.test', family: 'f2', at: new Date('2026-03-09T10:00:00Z') })
    expect(corrected(read, [older, other, label()], undefined).category).toBe('dep.resolve')
  })

  it('leaves a distribution: no more than 1 in all, the label leading', () => {
    const names = Object.keys(categories) as Category[]
    const some = fc.uniqueArray(fc.constantFrom(...names), { minLength: 0, maxLength: 5 })
    fc.assert(
      fc.property(
        some,
        fc.constantFrom(...names),
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true })),
        (of, to, ps) => {
          const total = ps.reduce((sum, p) => sum + p, 0) || 1
          const told = of.map((category, at) => ({ category, p: (ps[at] ?? 0) / total }))
          const { categories: after, confidence } = corrected(
            { ...read, categories: told },
            [label({ category: to })],
            undefined,
          )
          expect(after[0]).toEqual({ category: to, p: confidence })
          expect(after.reduce((sum, { p }) => sum + p, 0)).toBeLessThanOrEqual(1 + 1e-9)
        },
      ),
    )
  })
})

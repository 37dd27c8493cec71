import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Beside, compare, sayComparison } from './compare.ts'

const projects = ['a', 'b', 'c', 'd', 'e', 'f']
const words = { right: 'accuracy', p: 'belief in the truth' }
const right = { p: 0.9, right: true }
const wrong = { p: 0.1, right: false }

/** Sixty cases over six projects, of which the model before and the one after get so many right. */
function pairs(before: number, after: number, count = 60): readonly Beside[] {
  return Array.from({ length: count }, (_, index) => ({
    project: projects[index % projects.length] ?? 'a',
    weight: 1,
    before: index < before ? right : wrong,
    after: index < after ? right : wrong,
  }))
}

describe('two models on the same cases', () => {
  it.each([
    ['better', 30, 45],
    ['as good', 45, 45],
    ['worse', 45, 30],
  ] as const)('the new one is %s', (verdict, before, after) => {
    expect(compare(pairs(before, after)).verdict).toBe(verdict)
  })

  it('a model that is as often right but believes less in the truth is worse', () => {
    const doubtful = pairs(45, 45).map((pair) => ({ ...pair, after: { ...pair.after, p: pair.after.p * 0.5 } }))
    expect(compare(doubtful).verdict).toBe('worse')
  })

  it('few cases, or of few projects, tell nothing', () => {
    expect(compare(pairs(1, 20, 20)).verdict).toBe('too few cases')
    const ofOne = pairs(30, 45).map((pair) => ({ ...pair, project: 'a' }))
    expect(compare(ofOne).verdict).toBe('too few cases')
    expect(sayComparison(compare(ofOne), 'shipped-causes', words)).toContain('give at least 30 cases of 5 projects')
  })

  it('cases of one signature count as one', () => {
    const many = pairs(60, 60).map((pair) => ({ ...pair, weight: 0.01 }))
    const few = pairs(60, 0)
    expect(compare([...many, ...few]).accuracy.after).toBeLessThan(0.02)
  })

  it('says both figures, and how far the difference may go', () => {
    expect(sayComparison(compare(pairs(45, 30)), 'causes-1', words)).toMatch(
      /^worse than causes-1 on the same 60 cases of 6 projects: accuracy 0\.500 against 0\.750 \(difference −0\.\d+ to −0\.\d+\), belief/,
    )
  })

  it('a model is never worse than itself', () => {
    const answer = fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() })
    const some = fc.array(fc.record({ project: fc.constantFrom(...projects), weight: fc.constant(1), answer }), {
      minLength: 1,
      maxLength: 50,
    })
    fc.assert(
      fc.property(some, (cases) => {
        const same = cases.map(({ answer: said, ...pair }) => ({ ...pair, before: said, after: said }))
        expect(['as good', 'too few cases']).toContain(compare(same).verdict)
      }),
      { numRuns: 20 },
    )
  })
})

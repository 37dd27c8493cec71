import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterFailures, type SeenFailure } from './cluster.ts'

const now = new Date('2026-03-10T12:00:00Z')
const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
const daysAgo = (days: number): Date => minutesAgo(days * 24 * 60)

function failure(id: string, more: Partial<SeenFailure> & { readonly family?: string } = {}): SeenFailure {
  const family = more.family ?? 'f1'
  return {
    id,
    repository: 'team/shop',
    branch: 'main',
    at: minutesAgo(10),
    category: 'net.connect',
    text: `text of ${family} and much more that no other family would ever say of itself: ${family.repeat(20)}`,
    ...more,
    fingerprint: more.fingerprint ?? { exact: id, family, version: 2 },
  }
}

const states = (failures: readonly SeenFailure[]) => clusterFailures(failures, now).map(({ state }) => state)

describe('families', () => {
  it('tell when and where they were seen', () => {
    const [family] = clusterFailures(
      [
        failure('2', { at: daysAgo(1), branch: 'fix', repository: 'team/web' }),
        failure('1', { at: daysAgo(9) }),
        failure('3', { at: minutesAgo(3), branch: undefined }),
      ],
      now,
    )
    expect(family).toMatchObject({
      family: 'f1',
      failures: ['1', '2', '3'],
      count: 3,
      firstSeen: daysAgo(9),
      lastSeen: minutesAgo(3),
      repositories: ['team/shop', 'team/web'],
      branches: ['fix', 'main'],
      trend: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1],
    })
  })

  it('are joined under the oldest name when their texts are near duplicates', () => {
    const families = clusterFailures(
      [
        failure('1', { family: 'young', text: 'connection to the registry was refused, gave up after <n> attempts' }),
        failure('2', {
          family: 'old',
          at: daysAgo(3),
          text: 'connections to the registry were refused, gave up after <n> attempts',
        }),
      ],
      now,
    )
    expect(families).toHaveLength(1)
    expect(families[0]).toMatchObject({ family: 'old', families: ['old', 'young'] })
  })

  it('stay apart when more than a tenth differs, the category differs, the version differs or nothing is known', () => {
    const text = 'connection to the registry was refused, gave up after <n> attempts'
    const one = failure('1', { family: 'one', text })
    const apart = (other: SeenFailure) => expect(clusterFailures([one, other], now)).toHaveLength(2)
    apart(failure('2', { family: 'two', text: 'connection to the database was lost, gave up after <n> attempts' }))
    apart(failure('2', { family: 'two', text, category: 'net.dns' }))
    apart(failure('2', { text, fingerprint: { exact: 'x', family: 'two', version: 1 } }))
    expect(
      clusterFailures([failure('1', { family: 'a', text: '' }), failure('2', { family: 'b', text: '' })], now),
    ).toHaveLength(2)
  })
})

describe('the state of a family', () => {
  it('is new for a day, then recurring', () => {
    expect(states([failure('1', { at: minutesAgo(23 * 60) })])).toEqual(['new'])
    expect(states([failure('1', { at: daysAgo(2) }), failure('2')])).toEqual(['recurring'])
  })

  it('is spreading when three repositories see it within a quarter of an hour', () => {
    const at = (minutes: number, repository: string) =>
      failure(`${repository}${minutes}`, { at: minutesAgo(minutes), repository })
    expect(states([at(100, 'a'), at(92, 'b'), at(86, 'c')])).toEqual(['spreading'])
    expect(states([at(100, 'a'), at(92, 'b'), at(80, 'c')])).toEqual(['new'])
    expect(states([at(100, 'a'), at(92, 'b'), at(86, 'a')])).toEqual(['new'])
  })

  it('is spreading when three branches of one repository see it within a day', () => {
    const on = (branch: string, minutes: number, repository = 'team/shop') =>
      failure(branch + repository, { branch, repository, at: minutesAgo(minutes) })
    expect(states([on('a', 60), on('b', 500), on('c', 1_000)])).toEqual(['spreading'])
    expect(states([on('a', 60), on('b', 500), on('c', 2_000)])).toEqual(['recurring'])
    expect(states([on('a', 60), on('b', 500), on('c', 1_000, 'other')])).toEqual(['new'])
  })
})

const anyFailure = fc
  .record({
    id: fc.uuid(),
    family: fc.constantFrom('f1', 'f2', 'f3', 'f4'),
    repository: fc.constantFrom('a', 'b', 'c', 'd'),
    branch: fc.constantFrom('main', 'fix', undefined),
    at: fc.integer({ min: 0, max: 5_000 }).map(minutesAgo),
    category: fc.constantFrom('net.dns', 'code.test'),
    text: fc.constantFrom('', 'the same long text', 'the sane long text', 'something else entirely'),
  })
  .map(({ id, ...more }) => failure(id, { ...more, family: `${more.family} ${more.category} ${more.text}` }))

it('are the same in whatever order the failures come, and hold each failure once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyFailure, { selector: ({ id }) => id, maxLength: 30 }), fc.nat(), (failures, seed) => {
      const families = clusterFailures(failures, now)
      const shuffled = failures.toSorted((a, b) => hash(a.id, seed) - hash(b.id, seed))
      expect(clusterFailures(shuffled, now)).toEqual(families)
      expect(families.flatMap((family) => family.failures).sort()).toEqual(failures.map(({ id }) => id).sort())
      for (const family of families) expect(family.trend.reduce((sum, count) => sum + count)).toBe(family.count)
    }),
  )
})

function hash(text: string, seed: number): number {
  return [...text].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, seed | 0)
}

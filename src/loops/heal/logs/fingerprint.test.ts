import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'

const of = (line: string, category: 'code.test' | 'net.dns' = 'code.test') =>
  fingerprintOf({ category, tool: 'vitest', lines: [line] })

/** Messages with holes for what changes from run to run. */
const messages: readonly ((hole: Holes) => string)[] = [
  ({ number }) => `expected ${number} to equal 4`,
  ({ number, folder }) => `${folder}/src/cart.ts:${number}:7: error: no such field`,
  ({ uuid }) => `job ${uuid} was lost`,
  ({ hash }) => `cannot read object ${hash}`,
  ({ time }) => `${time} the server went away`,
  ({ ip, number }) => `connect ECONNREFUSED ${ip}:${number}`,
  ({ number }) => `timeout of ${number}ms exceeded`,
  ({ number }) => `took ${number}.${number} s, wanted less`,
  ({ hash }) => `cannot open /tmp/build-${hash}/out.txt`,
]
interface Holes {
  readonly number: number
  readonly uuid: string
  readonly hash: string
  readonly time: string
  readonly ip: string
  readonly folder: string
}
const hexDigits = fc.constantFrom(...'0123456789abcdef')
const holes: fc.Arbitrary<Holes> = fc.record({
  number: fc.integer({ min: 0, max: 99_999_999 }),
  uuid: fc.uuid(),
  hash: fc.string({ unit: hexDigits, minLength: 12, maxLength: 40 }),
  time: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  ip: fc.ipV4(),
  folder: fc.constantFrom('/home/runner/work/shop/shop', '/builds/team/shop', '/Users/anna/shop', '/app'),
})

describe.each(messages.map((message, index) => [index, message] as const))('message %i', (_, message) => {
  it('keeps its fingerprints when only numbers, times, hashes, addresses and folders change', () => {
    fc.assert(
      fc.property(holes, holes, (one, other) => {
        expect(of(message(one))).toEqual(of(message(other)))
      }),
    )
  })
})

it('different messages, and different categories, have different fingerprints', () => {
  const hole: Holes = {
    number: 1,
    uuid: crypto.randomUUID(),
    hash: 'abcdefabcdef1',
    time: '2026-01-31T10:11:12.123Z',
    ip: '10.0.0.1',
    folder: '/app',
  }
  const all = messages.map((message) => of(message(hole)))
  expect(new Set(all.map(({ exact }) => exact)).size).toBe(messages.length)
  expect(new Set(all.map(({ family }) => family)).size).toBe(messages.length)
  expect(of('same line', 'net.dns').exact).not.toBe(of('same line', 'code.test').exact)
})

it('a family holds the same kind of message about other things', () => {
  const one = of("test 'adds up' failed in src/cart.ts")
  const other = of("test 'sends mail' failed in src/mail/send.ts")
  expect(one.exact).not.toBe(other.exact)
  expect(one.family).toBe(other.family)
})

it('another address is another failure of the same family; another query is the same failure', () => {
  const one = of('dead link https://docs.example.com/guide/start.html?t=1')
  expect(of('dead link https://docs.example.com/guide/start.html?t=2#top')).toEqual(one)
  const other = of('dead link https://www.example.org/about/us.html')
  expect(other.exact).not.toBe(one.exact)
  expect(other.family).toBe(one.family)
})

it('other tests are another failure of the same family, in whatever order they failed', () => {
  const failed = (...failing: string[]) => fingerprintOf({ category: 'code.test', lines: ['2 tests failed'], failing })
  expect(failed('adds', 'sends mail')).toEqual(failed('sends mail', 'adds'))
  expect(failed('adds').exact).not.toBe(failed('sends mail').exact)
  expect(failed('adds').family).toBe(failed('sends mail').family)
})

it('is sixteen hexadecimal digits and says its version', () => {
  const { exact, family, version } = of('x')
  expect([exact, family]).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), expect.stringMatching(/^[0-9a-f]{16}$/)])
  expect(version).toBe(2)
})

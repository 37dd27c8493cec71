import { describe, expect, test } from 'vitest'
import type { Category } from '../../../model/diagnosis.ts'
import { diagnosisOf } from '../diagnose.ts'
import { readLog } from '../logs/read-log.ts'
import type { LogReading } from '../logs/reading.ts'
import { causeModel, causeProbabilities, packCauses, vectorOf } from './cause-model.ts'
import { type Cause, causeNames, causeOf, causeOfLabel, sharesOf } from './causes.ts'
import { distribution } from './distribution.ts'
import { featuresOf } from './features.ts'
import { gather } from './gather.ts'
import { patternCases } from './pattern-cases.ts'
import { sentenceOf } from './sentence.ts'
import { asStrange } from './strange.ts'

async function reading(...lines: readonly string[]): Promise<LogReading> {
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''))
  }
  return readLog(bytes())
}
const sure = (cause: Cause): ReadonlyMap<Cause, number> =>
  new Map(causeNames.map((each) => [each, each === cause ? 1 - 0.01 * (causeNames.length - 1) : 0.01]))

describe('from causes to categories', () => {
  test('every category belongs to one cause at most, and shares of a cause make a whole', () => {
    for (const cause of causeNames) {
      const shares = sharesOf(cause)
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 1)
      for (const { category } of shares) expect(causeOf(category)).toBe(cause)
    }
    expect(causeOfLabel('lint_or_content_rule')).toBe(causeOfLabel('code.quality'))
    expect(causeOfLabel('unclear')).toBeUndefined()
  })
  test('the probabilities stay a distribution, whatever the patterns voted', () => {
    for (const category of ['code.test', 'cache.corrupt', 'net.dns'] as const) {
      const belief = distribution(sure('network'), [{ category, p: 0.7 }])
      expect(belief.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 6)
      expect(belief.map(({ p }) => p)).toEqual(belief.map(({ p }) => p).toSorted((a, b) => b - a))
    }
  })
  test('within a cause the patterns decide, and nobody outvotes a pattern of what was never learnt', () => {
    expect(distribution(sure('network'), [{ category: 'net.dns', p: 0.3 }])[0]?.category).toBe('net.dns')
    expect(distribution(sure('network'), [{ category: 'cache.corrupt', p: 0.9 }])[0]?.category).toBe('cache.corrupt')
  })
})

describe('the model', () => {
  test('is told by its weights alone', () => {
    const model = causeModel()
    const again = causeModel(JSON.parse(JSON.stringify(packCauses(model))))
    for (const { reading: one } of patternCases().slice(0, 20)) {
      const features = vectorOf(featuresOf(gather(one, {})))
      const before = causeProbabilities(model, features)
      for (const [cause, p] of causeProbabilities(again, features)) expect(p).toBeCloseTo(before.get(cause) ?? 0, 2)
    }
  })
  test('of another form is refused, not misread', () => {
    expect(() => causeModel({ form: 0 })).toThrow(/form/)
  })
  test('does not drown what few labelled logs show', async () => {
    const cases: readonly (readonly [Category, readonly string[]])[] = [
      ['res.oom', ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory']],
      ['net.dns', ['curl: (6) Could not resolve host: packages.example.test']],
      ['code.crash', ['Segmentation fault (core dumped)']],
    ]
    for (const [category, lines] of cases) {
      const log = await reading(...lines, '##[error]Process completed with exit code 1.')
      expect(diagnosisOf(gather(log, {})).category).toBe(category)
    }
  })
})

test('a strange project is read without the patterns that hit in no other', async () => {
  const own = await reading("src/a.ts(1,1): error TS2304: Cannot find name 'x'.")
  const other = await reading('Segmentation fault (core dumped)')
  const cases = [
    { project: 'one', reading: own },
    { project: 'two', reading: other },
    { project: 'three', reading: other },
  ]
  const [strange, common] = cases.map(asStrange(cases))
  expect(strange?.hits.some(({ pattern }) => pattern.startsWith('typescript.'))).toBe(false)
  expect(common?.hits).toEqual(other.hits)
})

describe('the sentence', () => {
  const excerpts = [{ start: 3, end: 3, score: 1, why: '', text: ['Access key cannot be null'] }]
  const told = { best: undefined, location: undefined, failing: [], excerpts }
  test('says how sure and what else only where it is not sure', () => {
    const belief = [
      { category: 'auth.credential', p: 0.55 },
      { category: 'net.connect', p: 0.3 },
    ] as const
    expect(sentenceOf({ ...told, category: 'auth.credential', belief })).toBe(
      'A credential is missing or refused (55 % sure; else a connection was not made): Access key cannot be null',
    )
    expect(
      sentenceOf({ ...told, category: 'auth.credential', belief: [{ category: 'auth.credential', p: 0.9 }] }),
    ).toBe('A credential is missing or refused: Access key cannot be null')
  })
  test('of an unknown cause guesses as a guess', () => {
    expect(sentenceOf({ ...told, category: 'unknown', belief: [{ category: 'code.test', p: 0.25 }] })).toBe(
      'The cause is not known, perhaps a test failed (25 %); what looks most like it: Access key cannot be null',
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bootstrap } from './bootstrap.ts'
import { calibrated, fitCalibration, type Held, logLoss } from './calibrate.ts'
import { foldsBy } from './folds.ts'
import { hashed } from './hash.ts'
import { accuracy, accuracyAtCoverage, calibrationError, confusion, type Judged, macroF1 } from './measures.ts'
import { packWeights, unpackWeights } from './pack.ts'
import { seeded } from './random.ts'
import { type Example, logits, probabilities, trainSoftmax } from './softmax.ts'

const dimensions = 1 << 10
const labels = 3

/** Words that tell the label, among words that tell nothing. */
function examples(count: number, seed: number): readonly Example[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const label = Math.floor(random() * labels)
    const noise = Array.from({ length: 10 }, () => [`noise${Math.floor(random() * 50)}`, 1] as const)
    const told = random() < 0.9 ? label : Math.floor(random() * labels)
    return { features: hashed([[`tells${told}`, 1], ...noise], dimensions), label, weight: 1 }
  })
}

describe('softmax regression', () => {
  const model = trainSoftmax(examples(600, 1), { labels, dimensions, l2: 1e-3 })

  test('learns which words tell the label, and says how sure that is', () => {
    const fresh = examples(600, 2)
    const right = fresh.filter(({ features, label }) => {
      const p = probabilities(model, features)
      return p.indexOf(Math.max(...p)) === label
    })
    expect(right.length / fresh.length).toBeGreaterThan(0.88)
    for (const { features } of fresh.slice(0, 20))
      expect(probabilities(model, features).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
  })

  test('gives the same weights for the same examples', () => {
    const again = trainSoftmax(examples(600, 1), { labels, dimensions, l2: 1e-3 })
    expect(again.weights).toEqual(model.weights)
  })

  test('stays with what was believed beforehand where few examples speak', () => {
    const few = examples(5, 3)
    const held = trainSoftmax(few, { labels, dimensions, l2: 10, from: model })
    expect(Math.max(...held.weights.map((each, at) => Math.abs(each - (model.weights[at] ?? 0))))).toBeLessThan(0.05)
  })

  test('is the same after packing, but for rounding', () => {
    const packed = unpackWeights(JSON.parse(JSON.stringify(packWeights(model))))
    for (const { features } of examples(50, 4)) {
      const before = probabilities(model, features)
      for (const [label, p] of probabilities(packed, features).entries()) expect(p).toBeCloseTo(before[label] ?? 0, 1)
    }
  })

  test('calibration makes held-out labels likelier, and keeps a distribution', () => {
    const sharp = { ...model, weights: model.weights.map((each) => each * 6) }
    const held: Held[] = examples(400, 5).map(({ features, label, weight }) => ({
      logits: logits(sharp, features),
      label,
      weight,
    }))
    const calibration = fitCalibration(held, labels)
    expect(logLoss(held, calibration)).toBeLessThan(
      logLoss(held, { ...calibration, temperature: 1, doubt: 0.001, shift: 0, slope: 1 }) * 0.8,
    )
    const p = calibrated(held[0]?.logits ?? new Float64Array(labels), calibration)
    expect(p.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9)
  })
})

test('packing keeps any sparse weights to within a 127th of the greatest', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(999), fc.double({ min: -5, max: 5, noNaN: true })), { maxLength: 40 }),
      (entries) => {
        const weights = new Float32Array(1_000 * 2)
        for (const [feature, value] of entries) weights[feature * 2] = value
        const most = Math.max(1e-9, ...weights.map(Math.abs))
        const back = unpackWeights(packWeights({ labels: 2, dimensions: 1_000, weights, bias: new Float32Array(2) }))
        return weights.every((each, at) => Math.abs(each - (back.weights[at] ?? 0)) <= most / 250)
      },
    ),
  )
})

test('folds never part a project, and are even', () => {
  const keys = Array.from({ length: 500 }, (_, at) => `p${at % 37}`)
  const folds = foldsBy(keys, 5)
  for (const [at, key] of keys.entries()) expect(folds[at]).toBe(folds[keys.indexOf(key)])
  const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((each) => each === fold).length)
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(30)
})

describe('measures', () => {
  const judged: readonly Judged[] = [
    { truth: 'a', said: 'a', right: true, confidence: 0.9, weight: 1 },
    { truth: 'a', said: 'b', right: false, confidence: 0.4, weight: 1 },
    { truth: 'b', said: 'b', right: true, confidence: 0.8, weight: 2 },
    { truth: 'c', said: 'other name of c', right: true, confidence: 0.7, weight: 1 },
  ]

  test('weigh each answer, and take a right one under another name as right', () => {
    expect(accuracy(judged)).toBeCloseTo(0.8)
    expect(macroF1(judged)).toBeCloseTo((2 / 3 + 4 / 5 + 1) / 3)
    expect(confusion(judged)).toContainEqual({ truth: 'c', said: 'c', weight: 1 })
    expect(accuracyAtCoverage(judged, 0.8)).toBe(1)
  })

  test('the calibration error is none when what is said comes true as often', () => {
    const honest = Array.from({ length: 100 }, (_, at) => ({ p: 0.7, happened: at % 10 < 7, weight: 1 }))
    expect(calibrationError(honest)).toBeCloseTo(0)
    expect(calibrationError(honest.map((one) => ({ ...one, p: 0.9 })))).toBeCloseTo(0.2)
  })

  test('the interval over projects holds the value, and is wider for fewer projects', () => {
    const of = (projects: number): readonly (readonly number[])[] =>
      Array.from({ length: projects }, (_, at) => [at % 2, at % 2, at % 2])
    const mean = (groups: readonly (readonly number[])[]): number => {
      const all = groups.flat()
      return all.reduce((sum, each) => sum + each, 0) / all.length
    }
    const [low, high] = bootstrap(of(40), mean)
    const [lower, higher] = bootstrap(of(8), mean)
    expect(low).toBeLessThan(0.5)
    expect(high).toBeGreaterThan(0.5)
    expect(higher - lower).toBeGreaterThan(high - low)
  })
})

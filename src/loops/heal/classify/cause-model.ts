import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Calibration, calibrated } from '../learn/calibrate.ts'
import { hashed, type SparseVector } from '../learn/hash.ts'
import { packWeights, unpackWeights } from '../learn/pack.ts'
import { logits, type SoftmaxWeights } from '../learn/softmax.ts'
import { type Cause, causeNames } from './causes.ts'
import type { Feature } from './features.ts'

/** What was learnt from labelled logs: which features speak for which cause, and how far to believe the sum. */
export interface CauseModel {
  readonly weights: SoftmaxWeights
  readonly calibration: Calibration
}

export const dimensions = 1 << 15

/** Raised whenever features or causes change: weights learnt for others mean nothing. */
const form = 2

const CauseWeights = z.object({
  form: z.literal(form),
  causes: z.array(z.string()).refine((names) => names.join() === causeNames.join(), 'other causes than ours'),
  softmax: z.object({
    labels: z.literal(causeNames.length),
    dimensions: z.literal(dimensions),
    scale: z.number(),
    bias: z.array(z.number()).length(causeNames.length),
    rows: z.base64(),
    bytes: z.base64(),
  }),
  calibration: z.object({
    temperature: z.number().positive(),
    doubt: z.number().min(0).max(1),
    usual: z.array(z.number()).length(causeNames.length),
    shift: z.number(),
    slope: z.number(),
  }),
})
export type CauseWeights = z.infer<typeof CauseWeights>

let shipped: CauseModel | undefined

/** The model of these weights, as a version keeps them; without any, the one that came with this Mendline. */
export function causeModel(weights?: unknown): CauseModel {
  if (weights === undefined) {
    shipped ??= unpacked(shippedWeights())
    return shipped
  }
  return unpacked(weights)
}

export function packCauses({ weights, calibration }: CauseModel): CauseWeights {
  return {
    form,
    causes: [...causeNames],
    softmax: { ...packWeights(weights), bias: Array.from(weights.bias) },
    calibration: { ...calibration, usual: [...calibration.usual] },
  }
}

export function vectorOf(features: readonly Feature[]): SparseVector {
  return hashed(features, dimensions)
}

export function causeProbabilities(
  { weights, calibration }: CauseModel,
  features: SparseVector,
): ReadonlyMap<Cause, number> {
  const p = calibrated(logits(weights, features), calibration)
  return new Map(causeNames.map((cause, index) => [cause, p[index] ?? 0]))
}

function unpacked(weights: unknown): CauseModel {
  const { softmax, calibration } = CauseWeights.parse(weights)
  return { weights: unpackWeights(softmax), calibration }
}

function shippedWeights(): unknown {
  const file = z.object({ weights: z.unknown() })
  return file.parse(JSON.parse(readFileSync(new URL('../weights/causes.json', import.meta.url), 'utf8'))).weights
}

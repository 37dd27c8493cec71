import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { type ModelKind, ModelRecord, modelKinds } from '../../../contract/learning.ts'

/** A model as it lies in a file: what it is, and how it came to be. */
export const ModelFile = z.object({
  trainedAt: z.iso.datetime(),
  record: ModelRecord,
  held: z.record(z.string(), z.tuple([z.number(), z.boolean()])).default({}),
  weights: z.unknown(),
})
export type ModelFile = z.infer<typeof ModelFile>

/** The version of the model that came with this Mendline. */
export function shippedVersion(kind: ModelKind): string {
  return `shipped-${kind}`
}

function shippedFile(kind: ModelKind): URL {
  return new URL(`../weights/${kind}.json`, import.meta.url)
}

/** The model of a kind that came with this Mendline; what came without one works by patterns alone. */
export function shippedModel(kind: ModelKind): ModelFile | undefined {
  const file = shippedFile(kind)
  return existsSync(file) ? ModelFile.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** The models that came with this Mendline, without their weights. */
export function shippedModels(): readonly Shipped[] {
  return modelKinds.flatMap((kind) => {
    const file = shippedModel(kind)
    return file === undefined ? [] : [{ kind, trainedAt: file.trainedAt, record: file.record }]
  })
}

export interface Shipped extends Pick<ModelFile, 'trainedAt' | 'record'> {
  readonly kind: ModelKind
}

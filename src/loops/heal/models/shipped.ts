import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { type ModelKind, ModelRecord, modelKinds } from '../../../contract/learning.ts'

/** A model as it lies in a file: what it is, and how it came to be. */
export const ModelFile = z.object({ trainedAt: z.iso.datetime(), record: ModelRecord, weights: z.unknown() })
export type ModelFile = z.infer<typeof ModelFile>

/** The version of the model that came with this Mendline. */
export function shippedVersion(kind: ModelKind): string {
  return `shipped-${kind}`
}

export function shippedFile(kind: ModelKind): URL {
  return new URL(`../weights/${kind}.json`, import.meta.url)
}

/** The models that came with this Mendline, without their weights. What came without one works by patterns alone. */
export function shippedModels(): readonly (Omit<ModelFile, 'weights'> & { readonly kind: ModelKind })[] {
  return modelKinds
    .filter((kind) => existsSync(shippedFile(kind)))
    .map((kind) => {
      const { trainedAt, record } = ModelFile.parse(JSON.parse(readFileSync(shippedFile(kind), 'utf8')))
      return { kind, trainedAt, record }
    })
}

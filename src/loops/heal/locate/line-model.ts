import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { LineModel } from './model.ts'
import { base64Of, bytesOf, PackedTrees, packTrees, unpackTrees } from './packed-trees.ts'
import type { WordModel } from './word-model.ts'

const PackedWords = z.object({ bias: z.number(), scale: z.number(), bytes: z.base64() })

/** A model of lines as it lies in a file. */
export const PackedLineModel = z.object({
  form: z.literal('mendline.lines/1'),
  words: PackedWords,
  inside: PackedTrees,
  start: PackedTrees,
  end: PackedTrees,
  match: PackedTrees,
  touch: PackedTrees,
})
export type PackedLineModel = z.infer<typeof PackedLineModel>

let shipped: LineModel | undefined

/** The model of these weights; the one that came with Mendline when none are given. Throws at another form than ours. */
export function lineModel(weights?: unknown): LineModel {
  if (weights !== undefined) return unpack(PackedLineModel.parse(weights))
  shipped ??= unpack(shippedWeights())
  return shipped
}

function shippedWeights(): PackedLineModel {
  const text = readFileSync(new URL('../weights/lines.json', import.meta.url), 'utf8')
  return z.object({ weights: PackedLineModel }).parse(JSON.parse(text)).weights
}

export function packLineModel({ lines, regions }: LineModel): PackedLineModel {
  return {
    form: 'mendline.lines/1',
    words: packWords(lines.words),
    inside: packTrees(lines.inside),
    start: packTrees(lines.start),
    end: packTrees(lines.end),
    match: packTrees(regions.match),
    touch: packTrees(regions.touch),
  }
}

function unpack({ words, inside, start, end, match, touch }: PackedLineModel): LineModel {
  return {
    lines: {
      words: unpackWords(words),
      inside: unpackTrees(inside),
      start: unpackTrees(start),
      end: unpackTrees(end),
    },
    regions: { match: unpackTrees(match), touch: unpackTrees(touch) },
  }
}

function packWords({ bias, weights }: WordModel): PackedLineModel['words'] {
  const scale = weights.reduce((most, each) => Math.max(most, Math.abs(each)), 1e-9)
  return { bias, scale, bytes: base64Of(Int8Array.from(weights, (each) => Math.round((each / scale) * 127))) }
}

function unpackWords({ bias, scale, bytes }: PackedLineModel['words']): WordModel {
  return { bias, weights: Float32Array.from(new Int8Array(bytesOf(bytes)), (each) => (each / 127) * scale) }
}

import type { SoftmaxWeights } from './softmax.ts'

/** Weights as they lie in a file: the rows that are not all nothing, each number in a byte, in base64. */
export interface PackedWeights {
  readonly labels: number
  readonly dimensions: number
  /** What a byte of 127 stands for. */
  readonly scale: number
  readonly bias: readonly number[]
  /** Distances between the features that have a row, seven bits a byte, the high bit for more. */
  readonly rows: string
  readonly bytes: string
}

export function packWeights({ labels, dimensions, weights, bias }: SoftmaxWeights): PackedWeights {
  const most = weights.reduce((high, each) => Math.max(high, Math.abs(each)), 1e-9)
  const distances: number[] = []
  const bytes: number[] = []
  let last = -1
  for (let feature = 0; feature < dimensions; feature += 1) {
    const row = Array.from(weights.subarray(feature * labels, (feature + 1) * labels), (each) =>
      Math.round((each / most) * 127),
    )
    if (row.every((each) => each === 0)) continue
    pushVarint(distances, feature - last)
    last = feature
    bytes.push(...row.map((each) => each & 0xff))
  }
  return {
    labels,
    dimensions,
    scale: most,
    bias: Array.from(bias, (each) => Number(each.toPrecision(6))),
    rows: Buffer.from(distances).toString('base64'),
    bytes: Buffer.from(bytes).toString('base64'),
  }
}

export function unpackWeights({ labels, dimensions, scale, bias, rows, bytes }: PackedWeights): SoftmaxWeights {
  const weights = new Float32Array(dimensions * labels)
  const distances = Buffer.from(rows, 'base64')
  const values = new Int8Array(Buffer.from(bytes, 'base64'))
  let feature = -1
  let at = 0
  for (let row = 0; at < distances.length; row += 1) {
    let distance = 0
    for (let shift = 0; ; shift += 7) {
      const byte = distances[at] ?? 0
      at += 1
      distance |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    feature += distance
    for (let label = 0; label < labels; label += 1)
      weights[feature * labels + label] = ((values[row * labels + label] ?? 0) / 127) * scale
  }
  return { labels, dimensions, weights, bias: Float32Array.from(bias) }
}

function pushVarint(out: number[], value: number): void {
  let left = value
  while (left >= 0x80) {
    out.push((left & 0x7f) | 0x80)
    left >>>= 7
  }
  out.push(left)
}

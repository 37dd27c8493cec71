/** Few of many numbered features; all others are 0. Indices ascend and are distinct. */
export interface SparseVector {
  readonly indices: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/** FNV-1a over the UTF-16 units, mixed so that its low bits are as good as its high ones. */
export function hash32(text: string): number {
  return mixed(hashOn(noText, text))
}

/** The hash of nothing yet: a text may be hashed a unit at a time, and what begins alike shares its beginning. */
export const noText = 0x811c9dc5

export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}

export function hashOn(hash: number, text: string): number {
  let on = hash
  for (let at = 0; at < text.length; at += 1) on = hashUnit(on, text.charCodeAt(at))
  return on
}

/** Ends a hash made a unit at a time. */
export function mixed(hash: number): number {
  let last = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  last = Math.imul(last ^ (last >>> 13), 0xc2b2ae35)
  return (last ^ (last >>> 16)) >>> 0
}

/**
 * Features by name made into a vector of `dimensions` (a power of two). Names are hashed, so no dictionary has to be
 * kept; two that fall together add up, which costs little while most places are empty.
 */
export function hashed(features: Iterable<readonly [name: string, value: number]>, dimensions: number): SparseVector {
  const sums = new Map<number, number>()
  for (const [name, value] of features) {
    const index = placeOf(name, dimensions)
    sums.set(index, (sums.get(index) ?? 0) + value)
  }
  const entries = [...sums].sort((a, b) => a[0] - b[0])
  return {
    indices: Int32Array.from(entries, ([index]) => index),
    values: Float32Array.from(entries, ([, value]) => value),
  }
}

/** Where the feature of a name lies in such a vector. */
export function placeOf(name: string, dimensions: number): number {
  return hash32(name) & (dimensions - 1)
}

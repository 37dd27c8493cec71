import { hash32 } from './hash.ts'

/**
 * Which fold each item is in. Items of one key (a project) are always together, the folds are as even as that allows,
 * and a key stays where it was when the others stay too.
 */
export function foldsBy(keys: readonly string[], count: number, seed = 0): readonly number[] {
  const sizes = new Map<string, number>()
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1)
  const order = [...sizes].sort(([a, x], [b, y]) => y - x || hash32(`${seed}:${a}`) - hash32(`${seed}:${b}`))
  const loads = new Array<number>(Math.max(1, count)).fill(0)
  const foldOf = new Map<string, number>()
  for (const [key, size] of order) {
    const least = loads.indexOf(Math.min(...loads))
    foldOf.set(key, least)
    loads[least] = (loads[least] ?? 0) + size
  }
  return keys.map((key) => foldOf.get(key) ?? 0)
}

import { isDeepStrictEqual } from 'node:util'
import { Invalid } from '../../../base/errors.ts'

export type Combination = Readonly<Record<string, unknown>>

/** What one run may hold, over all its jobs; GitHub's limit. */
const maxMatrixJobs = 256

/**
 * All combinations of a matrix whose expressions are already resolved: the product of its vectors, less what `exclude`
 * names, then each `include` merged into every original combination it does not contradict, or added as a new one.
 */
export function expandMatrix(matrix: unknown): readonly Combination[] {
  if (!isObject(matrix)) throw new Invalid(`a matrix must be a mapping, not ${describe(matrix)}`)
  const { include, exclude, ...vectors } = matrix
  const originals = product(vectors).filter((one) => !listOfObjects('exclude', exclude).some((rule) => fits(rule, one)))
  const merged: Record<string, unknown>[] = originals.map((one) => ({ ...one }))
  const added: Combination[] = []
  for (const extra of listOfObjects('include', include)) {
    const hosts = merged.filter((_, index) => agrees(extra, originals[index] ?? {}))
    for (const host of hosts) Object.assign(host, extra)
    if (hosts.length === 0) added.push(extra)
  }
  const all = [...merged, ...added]
  if (all.length > maxMatrixJobs)
    throw new Invalid(`the matrix makes ${all.length} jobs; at most ${maxMatrixJobs} are allowed`)
  if (all.length === 0) throw new Invalid('the matrix makes no job: it is empty, or everything in it is excluded')
  return all
}

function product(vectors: Readonly<Record<string, unknown>>): Combination[] {
  const names = Object.keys(vectors)
  let combinations: Combination[] = names.length === 0 ? [] : [{}]
  for (const name of names) {
    const values = vectors[name]
    if (!Array.isArray(values)) throw new Invalid(`matrix.${name} must be a list, not ${describe(values)}`)
    if (values.length === 0) throw new Invalid(`Matrix vector '${name}' does not contain any values`)
    if (combinations.length * values.length > 100 * maxMatrixJobs)
      throw new Invalid(`the matrix is far larger than the ${maxMatrixJobs} jobs that are allowed`)
    combinations = combinations.flatMap((one) => values.map((value: unknown) => ({ ...one, [name]: value })))
  }
  return combinations
}

/** Every key of the rule is in the combination with the same value. */
function fits(rule: Combination, combination: Combination): boolean {
  return Object.entries(rule).every(([key, value]) => key in combination && same(combination[key], value))
}

/** No key of the original combination is contradicted. */
function agrees(extra: Combination, original: Combination): boolean {
  const originalKeys = Object.keys(original)
  if (originalKeys.length === 0) return false
  return originalKeys.every((key) => !(key in extra) || same(original[key], extra[key]))
}

function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b)
}

function listOfObjects(name: string, value: unknown): Combination[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new Invalid(`matrix.${name} must be a list, not ${describe(value)}`)
  return value.map((item: unknown) => {
    if (!isObject(item)) throw new Invalid(`every entry of matrix.${name} must be a mapping, not ${describe(item)}`)
    return item
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describe(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? 'nothing'
}

import type { ModelRecord } from '../../../src/contract/learning.ts'

type Figure = ModelRecord['figures'][number]

/** A figure with what it would be elsewhere, in a few words. */
export function sayFigure({ name, value, low, high }: Figure): string {
  const range = low === null || high === null ? '' : ` (${low.toFixed(2)} to ${high.toFixed(2)})`
  return `${name} ${value.toFixed(2)}${range}`
}

import type { Stitch } from '../../../src/contract/views.ts'

/** A pipeline is as healthy as the last run of which something is known. No history is neither good nor bad. */
export function isHealthy(seam: readonly Stitch[]): boolean {
  const last = seam.findLast((stitch) => stitch !== 'unknown')
  return last === 'pass' || last === 'mended'
}

import type { NowView, Stitch } from '../../../src/contract/views.ts'

/** The state of the whole in one stitch: the worst thing that is true. */
export function stateOf(now: NowView): Stitch {
  if (now.stopped) return 'held'
  if (now.needsYou.length > 0) return 'fail'
  if (now.mending.length > 0) return 'mended'
  return now.pipelines.length > 0 ? 'pass' : 'unknown'
}

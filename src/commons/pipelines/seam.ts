import type { Conclusion, RunStatus } from '../../model/run.ts'
import { isFailure } from '../../model/run.ts'

/** One stitch of a pipeline's seam: how one run ended, in one word. */
export type Stitch = 'pass' | 'fail' | 'mended' | 'unknown' | 'held'

/** A run that passed after an earlier attempt of it failed was mended; a run that waits for a person is held. */
export function stitch(run: {
  readonly status: RunStatus
  readonly conclusion?: Conclusion | undefined
  readonly failedBefore: boolean
}): Stitch {
  if (run.conclusion === 'action_required') return 'held'
  if (run.status !== 'completed') return 'unknown'
  if (isFailure(run.conclusion)) return 'fail'
  if (run.conclusion === 'success' || run.conclusion === 'neutral') return run.failedBefore ? 'mended' : 'pass'
  return 'unknown'
}

import type { StopView } from '../../contract/views.ts'
import type { StopState } from './stop.ts'

/** The stop switch as it leaves the house. What cannot be read counts as engaged, as it does for every permit. */
export function stopView(state: StopState): StopView {
  if (state.kind === 'released') return { stopped: false, by: null, why: null, since: null }
  if (state.kind === 'unknown') return { stopped: true, by: null, why: state.why, since: null }
  return { stopped: true, by: state.by, why: state.why, since: state.since.toISOString() }
}

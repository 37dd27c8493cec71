import type { PermitView, StopView } from '../../contract/views.ts'
import type { Permit } from '../../model/permit.ts'
import type { StopState } from './stop.ts'

/** A permit as it leaves the house: without its receipt, and without the flow it belongs to. */
export function permitView(permit: Permit): PermitView {
  const { repository, runId, attempt, sha, pipeline, jobs } = permit.bound
  return {
    id: permit.id,
    remedy: permit.remedy,
    mode: permit.mode,
    state: permit.state,
    reasons: permit.reasons.map(({ code, sentence }) => ({ code, sentence })),
    bound: { repository, runId, attempt, sha, pipeline, jobs: [...jobs] },
    askedAt: permit.askedAt.toISOString(),
    decidedAt: permit.decidedAt?.toISOString() ?? null,
    decidedBy: permit.decidedBy ?? null,
    expiresAt: permit.expiresAt?.toISOString() ?? null,
  }
}

/** The stop switch as it leaves the house. What cannot be read counts as engaged, as it does for every permit. */
export function stopView(state: StopState): StopView {
  if (state.kind === 'released') return { stopped: false, by: null, why: null, since: null }
  if (state.kind === 'unknown') return { stopped: true, by: null, why: state.why, since: null }
  return { stopped: true, by: state.by, why: state.why, since: state.since.toISOString() }
}

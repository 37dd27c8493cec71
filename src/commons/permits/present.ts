import type { PermitView } from '../../contract/views.ts'
import type { Permit } from '../../model/permit.ts'

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

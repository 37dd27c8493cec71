import type { RunSummary } from '../../contract/views.ts'
import type { Run } from '../../model/run.ts'

/** A run as it leaves the house. */
export function summaryOfRun(run: Run): RunSummary {
  return {
    id: run.id,
    vendor: run.vendor,
    repository: run.repository,
    pipeline: run.pipeline,
    number: run.number,
    attempt: run.attempt,
    status: run.status,
    conclusion: run.conclusion ?? null,
    branch: run.branch ?? null,
    sha: run.sha,
    actor: run.actor ?? null,
    title: run.title ?? null,
    url: run.url ?? null,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    updatedAt: run.updatedAt.toISOString(),
  }
}

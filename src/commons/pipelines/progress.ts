import { createHash } from 'node:crypto'
import type { Job, Run } from '../../model/run.ts'

/** How far an attempt is: each stage is announced once. */
export type Stage = 0 | 1 | 2

/**
 * 0 waiting, 1 started, 2 ended. A run that completed with `action_required` waits for a person: the vendor starts the
 * same attempt again once that person has agreed, so it has not ended.
 */
export function stageOf(report: Pick<Run, 'status' | 'conclusion'>): Stage {
  if (report.status === 'queued' || report.conclusion === 'action_required') return 0
  return report.status === 'completed' ? 2 : 1
}

/**
 * A text that sorts the snapshots of one attempt of a run: the later stage, then the later update wins, and of two that
 * differ in neither always the same one, so that the order of arrival never matters.
 */
export function progressOfRun(run: Run): string {
  return `${stageOf(run)} ${run.updatedAt.toISOString()} ${digest(run)}`
}

/** The same for a job. Vendors send no time of update for jobs: of two at one stage the one with more steps behind it wins. */
export function progressOfJob(job: Job): string {
  const done = job.steps.filter((step) => step.status === 'completed').length
  const begun = job.steps.filter((step) => step.status !== 'queued').length
  return `${stageOf(job)} ${sortable(done)} ${sortable(begun)} ${digest(job)}`
}

function sortable(count: number): string {
  return String(count).padStart(6, '0')
}

function digest(report: object): string {
  const told = Object.entries(report).filter(([, value]) => value !== undefined)
  const sorted = told.sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16)
}

import { decideJob } from '../../roles/runner/workflow/decide.ts'
import type { RunPlan } from '../../roles/runner/workflow/plan.ts'

export interface ListedJob {
  readonly job: string
  readonly needs: readonly string[]
  /** Undefined when the matrix depends on what other jobs answer. */
  readonly cells?: readonly string[] | undefined
}

/** What would run: every job with its cells, as far as they are known before anything ran. */
export function listJobs(plan: RunPlan): readonly ListedJob[] {
  return plan.jobs.map(({ key, needs, ancestors }) => {
    const hopeful = Object.fromEntries(ancestors.map((job) => [job, { result: 'success' as const, outputs: {} }]))
    const decision = decideJob(plan, key, hopeful)
    return { job: key, needs, cells: decision.kind === 'run' ? decision.cells.map((cell) => cell.name) : undefined }
  })
}

export function sayJob({ job, needs, cells }: ListedJob): string {
  const after = needs.length > 0 ? `  after ${needs.join(', ')}` : ''
  if (cells === undefined) return `─ ${job}${after}  (known only when it comes to it)`
  return cells.length === 1
    ? `─ ${cells[0]}${after}`
    : [`─ ${job}${after}`, ...cells.map((cell) => `    ${cell}`)].join('\n')
}
